package dev.lockstep.training.profile;

import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * The figures of one feature.
 *
 * @param count values that are no nulls, of all rows
 * @param nulls of all rows
 * @param distinct different values among the rows held
 * @param min of all rows, as are max, mean and stddev; NaN without values, and for text
 * @param distribution of the rows held; empty for text
 * @param drift over the periods
 * @param categories the most frequent texts, most rows first; empty but for text
 */
public record FeatureProfile(
    String name,
    ValueType type,
    long count,
    long nulls,
    long distinct,
    double min,
    double max,
    double mean,
    double stddev,
    Distribution distribution,
    Drift drift,
    Relation relation,
    List<Category> categories) {

  /**
   * One feature over the periods, of the rows held.
   *
   * @param means of the values; of text, the share of the most frequent one. NaN without values
   * @param nullShares NaN without rows
   * @param stability the index against the first periods, as {@link Stability} has it; NaN where it
   *     can't be told
   * @param bounds about the index from which on it has moved; NaN as the index
   * @param moved whether it has: more than chance gives, and enough to matter
   */
  public record Drift(
      List<Double> means,
      List<Double> nullShares,
      List<Double> stability,
      List<Double> bounds,
      List<Boolean> moved) {

    public Drift {
      means = List.copyOf(means);
      nullShares = List.copyOf(nullShares);
      stability = List.copyOf(stability);
      bounds = List.copyOf(bounds);
      moved = List.copyOf(moved);
    }

    /** The greatest index; 0 if none could be told. */
    public double greatest() {
      return stability.stream().filter(s -> !s.isNaN()).mapToDouble(s -> s).max().orElse(0);
    }

    /** Whether it has moved, in any period. */
    public boolean isFlagged() {
      return moved.contains(true);
    }

    /** Whether it has moved so far that it wants a look before training. */
    public boolean isLarge() {
      for (int p = 0; p < moved.size(); p++) {
        if (moved.get(p) && stability.get(p) >= Significance.INDEX_LARGE) {
          return true;
        }
      }
      return false;
    }
  }

  public FeatureProfile {
    categories = List.copyOf(categories);
  }

  /** The share of nulls; 0 without rows. */
  public double nullShare() {
    return count + nulls == 0 ? 0 : (double) nulls / (count + nulls);
  }

  /** Whether it is the same in every row: one value, or null throughout. */
  public boolean isConstant() {
    boolean oneValue = type == ValueType.STRING ? distinct <= 1 : min == max;
    return count + nulls > 0 && (count == 0 || (nulls == 0 && oneValue));
  }
}
