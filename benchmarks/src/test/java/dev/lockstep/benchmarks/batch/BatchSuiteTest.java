package dev.lockstep.benchmarks.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.benchmarks.batch.BatchSettings.Extra;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite runs through, both sides agree, and it gives every figure; no time is asserted. */
class BatchSuiteTest {
  private static final long SEED = 7;

  @TempDir Path data;

  private BatchReport run(Workload workload, int windows, EnumSet<Extra> extras) throws Exception {
    BatchSettings settings = new BatchSettings(workload, windows, extras, 1, 2, "1g", data);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    BatchReport report = new BatchSuite(settings, out).run();
    assertFalse(report.differs(), String.join("\n", report.lines()));
    assertFalse(Files.exists(data.resolve("runs").resolve("" + ProcessHandle.current().pid())));
    return report;
  }

  @Test
  void givesEveryFigureOfThreeWindows() throws Exception {
    BatchReport report =
        run(
            new Workload(8_000, 200, 0.5, SEED),
            3,
            EnumSet.of(Extra.DUCKDB, Extra.FLOOR, Extra.SCALE));
    JsonNode json = new ObjectMapper().readTree(report.json());
    for (String key :
        List.of(
            "rows_per_second",
            "duckdb_rows_per_second",
            "ratio_to_duckdb",
            "ratio_rows_x4",
            "ratio_hot_key",
            "peak_heap_mb",
            "seconds")) {
      assertTrue(json.path(key).doubleValue() > 0, key);
    }
    assertTrue(json.path("results_agree").booleanValue());
    assertTrue(json.path("ratio_to_floor").isNumber());
    assertTrue(json.has("peak_rss_mb"));
    assertEquals(18, json.path("features").intValue());
  }

  @Test
  void agreesOverTenWindows() throws Exception {
    BatchReport report = run(new Workload(8_000, 200, 0, SEED), 10, EnumSet.of(Extra.DUCKDB));
    JsonNode json = new ObjectMapper().readTree(report.json());
    assertTrue(json.path("results_agree").booleanValue());
    assertEquals(100, json.path("features").intValue());
    assertTrue(json.path("ratio_hot_key").isNull());
  }
}
