package dev.lockstep.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.benchmarks.report.KernelReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The suite runs through, its peers agree, and it gives every figure; no time is asserted. */
class KernelSuiteTest {
  private static final List<String> KEYS =
      List.of(
          "events_per_second_100_features",
          "events_per_second_100_features_double",
          "ratio_10_windows_to_1",
          "ratio_exact_to_plain_double",
          "ratio_exact_to_plain_long",
          "ratio_late_1pct_to_in_order",
          "ratio_30d_to_1h",
          "ratio_ties_to_none",
          "ratio_waiting_to_none",
          "ratio_since_filtered_to_count",
          "ratio_two_stacks_to_ours",
          "ratio_rescan_to_ours",
          "bytes_per_event",
          "bytes_per_entity");

  @Test
  void givesEveryFigure() throws Exception {
    ByteArrayOutputStream progress = new ByteArrayOutputStream();
    KernelReport report =
        new KernelSuite(
                KernelSuite.Settings.SMOKE, new PrintStream(progress, true, StandardCharsets.UTF_8))
            .run();
    JsonNode json = new ObjectMapper().readTree(report.json());
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    assertEquals(KEYS, keys);
    for (String key : KEYS) {
      assertTrue(json.get(key).isNumber(), key);
      assertTrue(json.get(key).doubleValue() > 0, key);
    }
    String table = String.join("\n", report.lines());
    KEYS.stream()
        .filter(key -> !key.startsWith("bytes"))
        .forEach(key -> assertTrue(table.contains(key), table));
    assertEquals(18, progress.toString(StandardCharsets.UTF_8).lines().count());
  }
}
