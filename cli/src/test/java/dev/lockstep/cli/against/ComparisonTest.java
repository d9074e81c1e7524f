package dev.lockstep.cli.against;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Medians, ratios and what is said of them, from figures worked out by hand. */
class ComparisonTest {

  @Test
  void numbersAreReadByNameAndTheRestIsLeftOut() throws Exception {
    Figures figures =
        Figures.of(
            """
            {"seconds": 2.5, "rows": 10, "heap": "2g", "agree": true, "none": null,
             "latency_ms": {"p50": 3, "p99": 9.5}}
            """);
    assertEquals(
        List.of("seconds", "rows", "latency_ms.p50", "latency_ms.p99"),
        List.copyOf(figures.values().keySet()));
    assertEquals(9.5, figures.values().get("latency_ms.p99"));
  }

  @Test
  void theSidesTakeTurns() {
    assertEquals(
        List.of(false, true, true, false, false, true, true, false),
        IntStream.range(0, 8).mapToObj(AgainstRun::isNow).toList());
  }

  @Test
  void aRatioIsMedianByMedian() {
    Compared odd = new Compared("a", List.of(9.0, 1.0, 2.0), List.of(3.0, 100.0, 1.0));
    assertEquals(Optional.of(1.5), odd.ratio());
    Compared even = new Compared("a", List.of(1.0, 3.0), List.of(5.0, 1.0));
    assertEquals(Optional.of(1.5), even.ratio());
    assertEquals(Optional.of(1.0), Compared.spread(even.then()));
    assertEquals(Optional.empty(), new Compared("a", List.of(), List.of(1.0)).ratio());
    assertEquals(Optional.empty(), new Compared("a", List.of(0.0), List.of(1.0)).ratio());
  }

  @Test
  void whatNeverDiffersIsASetting() {
    assertTrue(new Compared("a", List.of(2.0, 2.0), List.of(2.0, 2.0)).isConstant());
    assertFalse(new Compared("a", List.of(2.0, 2.0), List.of(2.0, 1.0)).isConstant());
    assertFalse(new Compared("a", List.of(), List.of(2.0, 2.0)).isConstant());
  }

  private static Comparison comparison() {
    List<Comparison.Run> runs = new ArrayList<>();
    double[] seconds = {4, 2, 3, 5, 6, 1}; // then 4, 5, 6; now 2, 3, 1
    for (int run = 0; run < seconds.length; run++) {
      boolean isNow = AgainstRun.isNow(run);
      Map<String, Double> values =
          isNow
              ? Map.of("rows", 7.0, "seconds", seconds[run], "fresh", 1.0 + run)
              : Map.of("rows", 7.0, "seconds", seconds[run]);
      runs.add(new Comparison.Run(isNow, run, new Figures(values)));
    }
    return new Comparison("batch", List.of("--rows", "7"), "abc", runs);
  }

  @Test
  void theTableHasMediansRatiosAndHowFarRunsAreApart() {
    String text = String.join("\n", comparison().lines());
    assertTrue(text.contains("batch --rows 7, this checkout (now) beside abc (then)"), text);
    assertTrue(text.matches("(?s).*seconds +5\\.000 +2\\.000 +0\\.400 +20 % +50 %\n.*"), text);
    assertTrue(text.matches("(?s).*fresh +- +3\\.000 +- +- +\\d+ %\n.*"), text);
    assertTrue(text.contains("the same in all runs: rows"), text);
    assertTrue(text.contains("load before the runs: 0.0 to 5.0"), text);
  }

  @Test
  void theJsonHasEachRun() throws Exception {
    JsonNode json = new ObjectMapper().readTree(comparison().json());
    assertEquals(3, json.get("repeat").intValue());
    JsonNode seconds = json.get("figures").get("seconds");
    assertEquals(0.4, seconds.get("ratio").doubleValue());
    assertEquals("[4.0,5.0,6.0]", seconds.get("then_runs").toString());
    assertEquals("[2.0,3.0,1.0]", seconds.get("now_runs").toString());
    assertTrue(json.get("figures").get("fresh").get("then").isNull());
  }
}
