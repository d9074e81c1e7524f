package dev.lockstep.beam.testing;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Compares vectors with the oracle's: bits, not what prints alike. */
final class Vectors {
  private static final int MOST_SHOWN = 5;

  private Vectors() {}

  static void compare(
      String where, FeaturePlan plan, List<OracleVector> expected, List<FeatureVector> computed) {
    boolean named = plan.requestSource().idColumn() >= 0;
    Map<String, Integer> difference = new TreeMap<>();
    for (OracleVector v : expected) {
      String id = named ? Objects.requireNonNull(v.request().id()) : "";
      String text = text(id, v.request().availableAtMicros(), v.entities(), v.values());
      difference.merge(text, 1, Integer::sum);
    }
    for (FeatureVector v : computed) {
      String id = named ? v.requestId() : "";
      difference.merge(text(id, v.availableAtMicros(), v.entities(), v.values()), -1, Integer::sum);
    }
    difference.values().removeIf(count -> count == 0);
    if (!difference.isEmpty()) {
      StringBuilder text = new StringBuilder();
      difference.entrySet().stream()
          .limit(MOST_SHOWN)
          .forEach(
              e ->
                  text.append(
                          e.getValue() > 0 ? "\n  the definition only: " : "\n  computed only: ")
                      .append(e.getKey()));
      throw new AssertionError(
          where
              + ": "
              + difference.size()
              + " vectors differ, of "
              + plan.features().stream().map(f -> f.name()).toList()
              + text);
    }
  }

  private static String text(
      String id, long availableAtMicros, Map<String, String> entities, Values values) {
    StringBuilder text = new StringBuilder(id);
    text.append('@').append(availableAtMicros).append(' ').append(new TreeMap<>(entities));
    for (int i = 0; i < values.size(); i++) {
      text.append(' ').append(values.get(i));
      if (!values.isNull(i)) {
        text.append('#').append(Long.toHexString(values.bits(i)));
      }
    }
    return text.toString();
  }
}
