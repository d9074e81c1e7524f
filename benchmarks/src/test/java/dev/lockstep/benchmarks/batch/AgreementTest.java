package dev.lockstep.benchmarks.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of difference between two outputs is found, in whichever row it is. */
class AgreementTest {
  private static final long ROWS = 1_000;
  private static final Workload WORKLOAD = new Workload(ROWS, 50, 0, 3);

  @TempDir Path folder;

  @BeforeEach
  void duckDb() throws Exception {
    Path input = new PaymentFiles(folder, 1).of(WORKLOAD, () -> {});
    Side.DUCKDB.run(Features.TEN, 1, input, folder);
  }

  /** The agreement with a copy that is changed by an SQL {@code SELECT} from {@code d}. */
  private Agreement with(String select) throws Exception {
    Path ours = Side.LOCKSTEP.output(folder);
    Files.createDirectories(ours);
    try (DuckDb database = DuckDb.open(1, true, folder.resolve("spill"))) {
      database.run(
          "CREATE TABLE d AS SELECT key AS card, \"at\" AS event_time, * EXCLUDE (key, \"at\") FROM"
              + " read_parquet('"
              + DuckDb.text(Side.DUCKDB.output(folder))
              + "')");
      database.run(
          "COPY (" + select + ") TO '" + DuckDb.text(ours.resolve("part-0.parquet")) + "'");
    }
    return Agreement.of(Features.TEN, Side.LOCKSTEP, folder, ROWS, 1);
  }

  private static String replaced(String expression) {
    return "SELECT * REPLACE (" + expression + ") FROM d";
  }

  @Test
  void aCopyAgrees() throws Exception {
    assertTrue(with("SELECT * FROM d").isComplete());
    assertTrue(with(replaced("sum_24h * (1 + 1e-12) AS sum_24h")).isComplete());
  }

  @Test
  void oneOtherValueIsFound() throws Exception {
    String inOne = " CASE WHEN rowid = 617 THEN ";
    for (String change :
        new String[] {
          inOne + "count_1m + 1 ELSE count_1m END AS count_1m",
          inOne + "sum_24h * (1 + 1e-8) ELSE sum_24h END AS sum_24h",
          inOne + "min_1h * (1 + 1e-15) ELSE min_1h END AS min_1h",
          inOne + "NULL ELSE last_5m END AS last_5m",
          inOne + "'NaN'::DOUBLE ELSE avg_5m END AS avg_5m",
          inOne + "coalesce(stddev_1m, 0) + 1e-3 ELSE stddev_1m END AS stddev_1m"
        }) {
      Agreement agreement = with(replaced(change));
      assertEquals(1, agreement.differences().size(), change);
      assertTrue(agreement.differences().get(0).contains("in 1 rows"), change);
    }
  }

  @Test
  void aMissingAndADoubledRowAreFound() throws Exception {
    assertTrue(
        !with("SELECT * FROM d WHERE rowid <> 5 UNION ALL SELECT * FROM d WHERE rowid = 6")
            .isComplete());
    assertTrue(!with("SELECT * FROM d WHERE rowid <> 5").isComplete());
  }
}
