package dev.lockstep.aggregate.exact;

import java.util.Random;

/** Doubles about the borders of {@link NarrowRange}, amounts, outliers and their opposites. */
final class NarrowRangeValues {

  private static final double[] BORDERS = {
    0x1p38,
    Math.nextDown(0x1p38),
    Math.nextUp(0x1p38),
    0x1p-20,
    Math.nextDown(0x1p-20),
    Math.nextUp(0x1p-20),
    0x1p-72,
    0x3p-72,
    0x1p-73,
    0x1p-14,
    0x1p-66,
    0x1.fffffffffffffp37,
    0x1.0000000000001p-20,
    0.0,
    1.0,
    0.1,
    1e12,
    0x1p53
  };

  private static final double[] OUTLIERS = {
    Double.MIN_VALUE, Double.MIN_NORMAL, 1e-308, 1e-17, 1e15, 1e308, Double.MAX_VALUE
  };

  private final Random random;

  NarrowRangeValues(Random random) {
    this.random = random;
  }

  /** A finite double: half of them amounts, a tenth outliers if they are wanted. */
  double next(boolean withOutliers) {
    double magnitude =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3, 4 -> random.nextInt(100_000_000) / 100.0;
          case 5, 6 -> BORDERS[random.nextInt(BORDERS.length)];
          case 7 -> Math.scalb(1 + random.nextDouble(), random.nextInt(70) - 26);
          case 8 -> random.nextInt(5);
          default -> withOutliers ? OUTLIERS[random.nextInt(OUTLIERS.length)] : random.nextDouble();
        };
    return random.nextInt(4) == 0 ? -magnitude : magnitude;
  }
}
