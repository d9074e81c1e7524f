package dev.lockstep.cli.view;

import dev.lockstep.define.AggregationCatalog;
import dev.lockstep.define.AggregationDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The aggregations as a table: for the terminal and for docs/aggregations.md. */
public final class AggregationTable {
  private static final List<String> HEADINGS =
      List.of(
          "aggregation",
          "meaning",
          "takes",
          "gives",
          "over nothing",
          "ties",
          "exactness",
          "a read costs",
          "keeps");

  /** What fits a terminal: the call, the types, exactness and cost. */
  private static final int[] ON_TERMINAL = {0, 2, 3, 6, 7};

  private AggregationTable() {}

  /** Types, exactness and cost, columns in line; the rest is in the Markdown table. */
  public static String forTerminal() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    AggregationCatalog.all().forEach(entry -> rows.add(cells(entry)));
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column : ON_TERMINAL) {
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A Markdown table. */
  public static String markdown() {
    StringBuilder text = new StringBuilder(line(HEADINGS));
    text.append(line(HEADINGS.stream().map(h -> "---").toList()));
    AggregationCatalog.all()
        .forEach(
            entry -> {
              List<String> cells = new ArrayList<>(cells(entry));
              cells.set(0, "`" + cells.get(0) + "`");
              text.append(line(cells));
            });
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static List<String> cells(AggregationDescription entry) {
    return List.of(
        entry.call(),
        entry.meaning(),
        entry.takes(),
        entry.gives(),
        entry.overNothing(),
        entry.ties(),
        entry.exactness(),
        entry.cost(),
        entry.keeps());
  }
}
