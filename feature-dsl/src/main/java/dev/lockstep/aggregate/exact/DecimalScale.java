package dev.lockstep.aggregate.exact;

/** The number of digits after the point of decimals held as scaled longs: 0 (integers) to 18. */
record DecimalScale(int digits) {

  private static final int MAX = 18;

  private static final long[] UNITS = new long[MAX + 1];

  static {
    long unit = 1;
    for (int i = 0; i <= MAX; i++) {
      UNITS[i] = unit;
      unit *= 10;
    }
  }

  DecimalScale {
    if (digits < 0 || digits > MAX) {
      throw new IllegalArgumentException(
          "scale must be 0 to " + MAX + ", was " + digits + ": a long holds no more digits");
    }
  }

  /** Returns {@code 10^digits}. */
  long unit() {
    return UNITS[digits];
  }

  void requireSame(DecimalScale other) {
    if (digits != other.digits) {
      throw new IllegalArgumentException(
          "cannot combine sums of scale " + digits + " and " + other.digits + "; rescale first");
    }
  }
}
