package dev.lockstep.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A chart as a value: what is to be drawn, never how. Below it, at a tap, are its numbers as a
 * table; without scripts only those are there.
 *
 * @param title says what is seen
 * @param note small print below; may be empty
 * @param categories of bars and of lines over categories; empty for points
 * @param x of points; only its name counts where there are categories
 */
public record Chart(
    Kind kind,
    String title,
    String note,
    List<String> categories,
    Axis x,
    Axis y,
    List<Series> series)
    implements Block {

  /** Its form. */
  public enum Kind {
    /** A bar a category. */
    BARS,
    /** A bar a bin, without gaps. */
    HISTOGRAM,
    /** Bars to the right, for long names; from the top down. */
    HORIZONTAL_BARS,
    /** Lines over categories in their order, such as days. */
    LINES,
    /** Lines through points, such as a ROC curve. */
    CURVES
  }

  /**
   * @throws IllegalArgumentException if a series hasn't a value for each category
   */
  public Chart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
    for (Series s : series) {
      if (kind != Kind.CURVES && s.size() != categories.size()) {
        throw new IllegalArgumentException(
            s.size() + " values of " + s.name() + " for " + categories.size() + " categories");
      }
    }
  }

  private static Chart of(Kind kind, String title, List<String> categories) {
    return new Chart(kind, title, "", categories, Axis.of(""), Axis.of(""), List.of());
  }

  public static Chart bars(String title, List<String> categories) {
    return of(Kind.BARS, title, categories);
  }

  public static Chart horizontalBars(String title, List<String> categories) {
    return of(Kind.HORIZONTAL_BARS, title, categories);
  }

  public static Chart lines(String title, List<String> categories) {
    return of(Kind.LINES, title, categories);
  }

  public static Chart curves(String title) {
    return of(Kind.CURVES, title, List.of());
  }

  /**
   * A histogram, its bins named by their edges.
   *
   * @param edges one more than bins, ascending
   */
  public static Chart histogram(String title, double[] edges) {
    List<String> bins = new ArrayList<>();
    for (int i = 0; i + 1 < edges.length; i++) {
      bins.add(Numbers.of(edges[i]) + " to " + Numbers.of(edges[i + 1]));
    }
    return of(Kind.HISTOGRAM, title, bins);
  }

  public Chart withNote(String text) {
    return new Chart(kind, title, text, categories, x, y, series);
  }

  public Chart withX(Axis axis) {
    return new Chart(kind, title, note, categories, axis, y, series);
  }

  public Chart withY(Axis axis) {
    return new Chart(kind, title, note, categories, x, axis, series);
  }

  /** One more series over the categories. */
  public Chart with(String name, double... values) {
    return with(Series.ofValues(name, values, false));
  }

  /** One more curve through points. */
  public Chart with(String name, double[] pointsX, double[] pointsY) {
    return with(Series.ofPoints(name, pointsX, pointsY, false));
  }

  /** A line to compare with, over the categories. */
  public Chart withReference(String name, double... values) {
    return with(Series.ofValues(name, values, true));
  }

  /** A curve to compare with. */
  public Chart withReference(String name, double[] pointsX, double[] pointsY) {
    return with(Series.ofPoints(name, pointsX, pointsY, true));
  }

  private Chart with(Series one) {
    return new Chart(
        kind,
        title,
        note,
        categories,
        x,
        y,
        Stream.concat(series.stream(), Stream.of(one)).toList());
  }

  /** Its numbers as a table: what the picture shows, for those who don't see it. */
  public Table numbers() {
    if (kind == Kind.CURVES) {
      Table table = Table.of("line", nonEmpty(x.name(), "x"), nonEmpty(y.name(), "y"));
      List<List<String>> rows = new ArrayList<>();
      for (Series s : series) {
        for (int i = 0; i < s.size(); i++) {
          rows.add(List.of(s.name(), x.written(s.x()[i]), y.written(s.y()[i])));
        }
      }
      return table.with(rows);
    }
    Table table =
        Table.of(nonEmpty(x.name(), " "), series.stream().map(Series::name).toArray(String[]::new));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      List<String> row = new ArrayList<>(List.of(categories.get(i)));
      for (Series s : series) {
        row.add(y.written(s.y()[i]));
      }
      rows.add(row);
    }
    return table.with(rows);
  }

  private static String nonEmpty(String name, String otherwise) {
    return name.isEmpty() ? otherwise : name;
  }

  @Override
  public Html html() {
    return Html.element(
        "figure",
        "chart",
        Html.element("figcaption", "", Html.text(title)),
        Html.raw(
            "<div class=\"canvas\" style=\"height:" + height() + "px\"><canvas></canvas></div>"),
        Html.raw("<script type=\"application/json\">" + ChartJson.of(this) + "</script>"),
        note.isEmpty() ? Html.text("") : Block.note(note).html(),
        Html.element(
            "details",
            "numbers",
            Html.element("summary", "", Html.text("Numbers")),
            numbers().html()));
  }

  private int height() {
    return switch (kind) {
      case HORIZONTAL_BARS -> 70 + (14 + 10 * Math.max(1, series.size())) * categories.size();
      case CURVES -> 300;
      default -> 220;
    };
  }
}
