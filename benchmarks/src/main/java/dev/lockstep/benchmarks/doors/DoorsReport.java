package dev.lockstep.benchmarks.doors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a measurement of the doors found: for people and as JSON. */
public final class DoorsReport {
  private final DoorsSuite suite;
  private final List<Comparison.Found> found;

  DoorsReport(DoorsSuite suite, List<Comparison.Found> found) {
    this.suite = suite;
    this.found = List.copyOf(found);
  }

  /** A flat JSON object: each ratio, and the rates of both its sides, in rows a second. */
  public String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("messages", suite.messages());
    json.put("rounds", suite.rounds());
    json.put("seed", suite.seed());
    for (Comparison.Found of : found) {
      String key = of.of().key();
      json.put(key, Math.rint(of.ratio() * 1e4) / 1e4);
      json.put(key.replace("_ratio", "_rows_per_second"), Math.rint(of.ours()));
      json.put(key.replace("_ratio", "_library_rows_per_second"), Math.rint(of.theirs()));
    }
    return json.toPrettyString() + "\n";
  }

  /** A table for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d messages (seed %d), median of %d rounds; rows a second",
            suite.messages(),
            suite.seed(),
            suite.rounds()));
    lines.add(String.format("  %-60s %12s %12s %7s", "", "ours", "library", "ratio"));
    for (Comparison.Found of : found) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-60s %,12.0f %,12.0f %7.2f (at least %.1f)",
              of.of().text(),
              of.ours(),
              of.theirs(),
              of.ratio(),
              of.of().target()));
    }
    return lines;
  }
}
