package dev.lockstep.aggregate.exact;

/**
 * The results of a count and an exact sum S1, each rounded once from the exact value.
 *
 * <p>Nothing here is null: a result that n is too small for throws, and the caller asks {@link
 * #count} first (C7: nothing to aggregate is null).
 */
public sealed interface Mean permits LongMean, DoubleMean, Moments {

  /** Returns n, the number of values held. */
  long count();

  /** Returns S1, rounded to nearest-even: +0.0 for no values, infinite beyond the double range. */
  double sum();

  /**
   * Returns {@code S1 / n}, rounded once; exact even where the sum is beyond the double range.
   *
   * @throws IllegalStateException if n = 0
   */
  double mean();
}
