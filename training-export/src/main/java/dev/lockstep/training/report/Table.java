package dev.lockstep.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table; where it is wider than the screen it scrolls inside its frame.
 *
 * @param columns at least one
 * @param rows each with a text per column
 */
public record Table(List<Column> columns, List<List<String>> rows) implements Block {

  /**
   * A column.
   *
   * @param number whether its values are right-aligned with digits of one width
   */
  public record Column(String name, boolean number) {}

  /**
   * @throws IllegalArgumentException if a row has too many or too few values
   */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            row.size() + " values for " + columns.size() + " columns: " + row);
      }
    }
  }

  /** A table without rows; the first column holds text, the others numbers. */
  public static Table of(String first, String... numbers) {
    List<Column> columns = new ArrayList<>(List.of(new Column(first, false)));
    for (String name : numbers) {
      columns.add(new Column(name, true));
    }
    return new Table(columns, List.of());
  }

  /** A table without rows, of text alone. */
  public static Table ofText(String... names) {
    return new Table(Stream.of(names).map(n -> new Column(n, false)).toList(), List.of());
  }

  /** The same with one row more. */
  public Table row(String... values) {
    return with(List.of(List.of(values)));
  }

  /** The same with rows more. */
  public Table with(List<List<String>> more) {
    return new Table(columns, Stream.concat(rows.stream(), more.stream()).toList());
  }

  @Override
  public Html html() {
    StringBuilder out =
        new StringBuilder("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>");
    columns.forEach(c -> cell(out, "th", c, c.name));
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      out.append("<tr>");
      for (int i = 0; i < columns.size(); i++) {
        cell(out, "td", columns.get(i), row.get(i));
      }
      out.append("</tr>\n");
    }
    return Html.raw(out.append("</tbody></table></div>").toString());
  }

  private static void cell(StringBuilder out, String tag, Column column, String text) {
    out.append('<').append(tag).append(column.number ? " class=\"n\">" : ">");
    out.append(Html.escape(text)).append("</").append(tag).append('>');
  }
}
