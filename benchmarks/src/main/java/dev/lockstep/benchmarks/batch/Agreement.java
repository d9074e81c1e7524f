package dev.lockstep.benchmarks.batch;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether two outputs are the same, row by row.
 *
 * @param rows compared
 * @param differences what differs, for people; empty if nothing does
 * @param greatestRelative the greatest difference of two values, as a part of the greater
 * @param greatestFeature where that is
 */
record Agreement(
    long rows, List<String> differences, double greatestRelative, String greatestFeature) {
  private static final double ZERO = 1e-300;

  private record Compared(Features.Feature feature, long different, double relative) {}

  boolean isComplete() {
    return differences.isEmpty();
  }

  /** Compares all rows, joined by card and time, of which each side must have each once. */
  static Agreement of(Features features, Side side, Path folder, long rows, int threads)
      throws SQLException {
    List<Features.Feature> all = features.all();
    StringBuilder sql =
        new StringBuilder("SELECT count(*), count(*) FILTER (WHERE o.t IS NULL OR d.t IS NULL)");
    all.forEach(feature -> sql.append(",\n  ").append(compare(feature)));
    sql.append("\nFROM (SELECT *, epoch_us(event_time) AS t FROM read_parquet('")
        .append(DuckDb.text(side.output(folder).resolve("part-*.parquet")))
        .append("')) o\nFULL JOIN (SELECT *, epoch_us(\"at\") AS t FROM read_parquet('")
        .append(DuckDb.text(Side.DUCKDB.output(folder)))
        .append("')) d ON o.t = d.t AND o.")
        .append(Features.ENTITY)
        .append(" = d.key");
    try (DuckDb database = DuckDb.open(threads, false, folder.resolve("spill"))) {
      return database.one(
          sql.toString(),
          result -> {
            List<Compared> compared = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
              compared.add(
                  new Compared(all.get(i), result.getLong(3 + 2 * i), result.getDouble(4 + 2 * i)));
            }
            return judge(rows, result.getLong(1), result.getLong(2), compared);
          });
    }
  }

  /** How often a feature differs, and the greatest relative difference. */
  private static String compare(Features.Feature feature) {
    String ours = "o." + feature.name() + "::DOUBLE";
    String theirs = "d." + feature.name() + "::DOUBLE";
    String distance = "abs(" + ours + " - " + theirs + ")";
    String greater = "greatest(abs(" + ours + "), abs(" + theirs + "))";
    Measure measure = feature.measure();
    return ("count(*) FILTER (WHERE (%s IS NULL) <> (%s IS NULL) OR isnan(%s)"
                + " OR %s > %s * %s + %s),\n")
            .formatted(
                ours,
                theirs,
                distance,
                distance,
                measure.relativeTolerance(),
                greater,
                measure.absoluteTolerance())
        + "  coalesce(max(%s / greatest(%s, %s)) FILTER (WHERE %s > %s), 0)"
            .formatted(distance, greater, ZERO, distance, measure.absoluteTolerance());
  }

  private static Agreement judge(long rows, long joined, long alone, List<Compared> compared) {
    List<String> differences = new ArrayList<>();
    if (joined != rows || alone != 0) {
      differences.add(
          String.format(
              Locale.ROOT,
              "%,d rows should be on both sides: %,d pairs, %,d rows on one side alone",
              rows,
              joined,
              alone));
    }
    Compared greatest = compared.get(0);
    for (Compared c : compared) {
      if (c.different() > 0) {
        differences.add(
            String.format(
                Locale.ROOT,
                "%s differs in %,d rows, by at most %.2g of the value",
                c.feature().name(),
                c.different(),
                c.relative()));
      }
      if (c.relative() > greatest.relative()) {
        greatest = c;
      }
    }
    return new Agreement(rows, differences, greatest.relative(), greatest.feature().name());
  }
}
