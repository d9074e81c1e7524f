package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows after some output: as much of one as the command line makes use of. */
public final class TerminalPicture {
  private static final Pattern CONTROL = Pattern.compile("\u001b\\[(\\d*)([A-Za-z])");

  private final int columns;
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  private TerminalPicture(int columns) {
    this.columns = columns;
  }

  /** The lines that are seen, without blanks at their ends. */
  public static List<String> of(String output, int columns) {
    TerminalPicture picture = new TerminalPicture(columns);
    Matcher control = CONTROL.matcher(output);
    int from = 0;
    while (control.find(from)) {
      picture.print(output.substring(from, control.start()));
      picture.control(control.group(2).charAt(0), control.group(1));
      from = control.end();
    }
    picture.print(output.substring(from));
    return picture.lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  private void print(String text) {
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\r' -> column = 0;
        case '\n' -> {
          column = 0;
          down();
        }
        default -> {
          if (column == columns) {
            column = 0;
            down();
          }
          put(c);
        }
      }
    }
  }

  private void down() {
    row++;
    if (row == lines.size()) {
      lines.add(new StringBuilder());
    }
  }

  private void put(char c) {
    StringBuilder line = lines.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, c);
  }

  private void control(char what, String number) {
    switch (what) {
      case 'A' -> row = Math.max(0, row - (number.isEmpty() ? 1 : Integer.parseInt(number)));
      case 'K' -> {
        if (number.equals("2")) {
          lines.get(row).setLength(0);
        } else {
          lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        }
      }
      case 'm' -> {} // a colour
      default -> throw new IllegalArgumentException("the test knows no control " + what);
    }
  }
}
