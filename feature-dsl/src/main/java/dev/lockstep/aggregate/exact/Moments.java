package dev.lockstep.aggregate.exact;

/**
 * The results of a count n, an exact sum S1 and an exact sum of squares S2, each rounded once from
 * the exact rational: no cancellation, never negative, 0 for equal values.
 */
public sealed interface Moments extends Mean permits LongMoments, DoubleMoments {

  /**
   * Returns {@code (n S2 - S1^2) / n^2}, rounded once; infinite beyond the double range.
   *
   * @throws IllegalStateException if n = 0
   */
  double populationVariance();

  /**
   * Returns {@code (n S2 - S1^2) / (n (n - 1))}, rounded once; infinite beyond the double range.
   *
   * @throws IllegalStateException if n < 2
   */
  double sampleVariance();

  /**
   * Returns the square root of the rounded {@link #populationVariance}.
   *
   * @throws IllegalStateException if n = 0
   */
  default double populationStddev() {
    return Math.sqrt(populationVariance());
  }

  /**
   * Returns the square root of the rounded {@link #sampleVariance}.
   *
   * @throws IllegalStateException if n < 2
   */
  default double sampleStddev() {
    return Math.sqrt(sampleVariance());
  }
}
