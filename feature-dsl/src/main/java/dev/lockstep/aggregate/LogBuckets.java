package dev.lockstep.aggregate;

/**
 * The buckets of a log-histogram: each power of two cut into {@code 2^digits} equal parts, for
 * either sign, and one bucket for zero. Their keys are in the order of their values.
 *
 * <p>A key is the exponent and the leading binary digits of a number, so that no logarithm is
 * computed and no rounding decides; subnormals have leading digits like all others. A bucket stands
 * for its middle, cut to a double: off by at most {@code 2^-(digits + 1)} of any of its values. The
 * bound holds for subnormals too: a bucket no wider than the space between two doubles holds one
 * alone, its lower end, and gives it back.
 *
 * <p>C. Masson, J. E. Rim, H. K. Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with
 * Relative-Error Guarantees", VLDB 2019, whose logarithm is here, as in its authors' fast mappings,
 * interpolated linearly between powers of two.
 *
 * @param digits 0 to {@value #MOST_DIGITS}
 */
record LogBuckets(int digits) {
  static final int MOST_DIGITS = 16;

  private static final int FRACTION_BITS = 52;
  private static final int LEAST_EXPONENT = -1074;

  /** The bucket of a finite double. */
  int keyOf(double value) {
    long bits = Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
    int exponent = (int) (bits >>> FRACTION_BITS) - Double.MAX_EXPONENT;
    long leading = bits << (Long.SIZE - FRACTION_BITS);
    if (exponent < Double.MIN_EXPONENT) {
      if (bits == 0) {
        return 0;
      }
      int zeros = Long.numberOfLeadingZeros(bits);
      exponent = LEAST_EXPONENT + Long.SIZE - 1 - zeros;
      leading = bits << zeros << 1;
    }
    return key(value < 0, exponent, leading);
  }

  /** The bucket of an integer: that of the number itself, not of the double nearest to it. */
  int keyOf(long value) {
    if (value == 0) {
      return 0;
    }
    long magnitude = Math.abs(value); // unsigned: 2^63 for the least long
    int zeros = Long.numberOfLeadingZeros(magnitude);
    return key(value < 0, Long.SIZE - 1 - zeros, magnitude << zeros << 1);
  }

  /**
   * @param leading the digits behind the leading one, from the top bit on
   */
  private int key(boolean negative, int exponent, long leading) {
    int part = (int) (leading >>> 1 >>> (Long.SIZE - 1 - digits));
    int key = ((exponent - LEAST_EXPONENT) << digits | part) + 1;
    return negative ? -key : key;
  }

  /** What a bucket stands for. */
  double valueOf(int key) {
    if (key == 0) {
      return 0.0;
    }
    int place = Math.abs(key) - 1;
    int exponent = (place >> digits) + LEAST_EXPONENT;
    long part = place & ((1 << digits) - 1);
    long middle = (part << 1 | 1) << (FRACTION_BITS - digits - 1);
    long bits =
        exponent >= Double.MIN_EXPONENT
            ? (long) (exponent + Double.MAX_EXPONENT) << FRACTION_BITS | middle
            : (1L << FRACTION_BITS | middle) >>> (Double.MIN_EXPONENT - exponent);
    return Double.longBitsToDouble(key < 0 ? bits | Long.MIN_VALUE : bits);
  }
}
