package dev.lockstep.cli.against;

import java.util.List;
import java.util.Optional;

/**
 * One figure of both sides, with a value for each run that gave one.
 *
 * @param name as the kind's JSON has it
 * @param then of the other commit, in the order of the runs
 * @param now of this checkout
 */
record Compared(String name, List<Double> then, List<Double> now) {
  Compared {
    then = List.copyOf(then);
    now = List.copyOf(now);
  }

  /** The median; of an even number of values the mean of the two in the middle; empty of none. */
  static Optional<Double> median(List<Double> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return Optional.of(
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }

  /** Median of this checkout by median of the other; empty if a side lacks it or it was 0. */
  Optional<Double> ratio() {
    return median(then)
        .filter(t -> t != 0)
        .flatMap(t -> median(now).map(n -> n / t))
        .filter(Double::isFinite);
  }

  /** How far a side's runs are apart: greatest less smallest, as a share of the median. */
  static Optional<Double> spread(List<Double> values) {
    return median(values)
        .filter(m -> m != 0)
        .map(
            m ->
                (values.stream().max(Double::compare).orElseThrow()
                        - values.stream().min(Double::compare).orElseThrow())
                    / Math.abs(m));
  }

  /** Whether all runs of both sides gave one value: a setting or a count, and no measurement. */
  boolean isConstant() {
    return !then.isEmpty()
        && !now.isEmpty()
        && then.stream().distinct().count() == 1
        && now.stream().allMatch(then.get(0)::equals);
  }
}
