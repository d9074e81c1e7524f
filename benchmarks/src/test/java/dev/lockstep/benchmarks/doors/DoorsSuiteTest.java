package dev.lockstep.benchmarks.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The suite runs through, both sides read the same, and it gives every figure; no time counts. */
class DoorsSuiteTest {
  @Test
  void givesEveryFigure() throws Exception {
    DoorsReport report = new DoorsSuite(200, 2, 7).run();
    JsonNode json = new ObjectMapper().readTree(report.json());
    for (String key : List.of("json_ratio", "avro_ratio", "parquet_ratio", "json_narrow_ratio")) {
      assertTrue(json.path(key).asDouble() > 0, json.toString());
    }
    assertEquals(7, json.path("seed").asInt());
    assertEquals(6, report.lines().size());
  }

  @Test
  void sidesThatReadDifferentRowsAreAnError() {
    Comparison different = new Comparison("x_ratio", "x : y", 1, 1, () -> 1, () -> 2);
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> different.round(new Comparison.Times(1), 0));
    assertEquals("x : y: ours sums up to 1, theirs to 2", e.getMessage());
  }
}
