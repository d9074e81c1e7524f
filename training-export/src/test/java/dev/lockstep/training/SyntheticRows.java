package dev.lockstep.training;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Random;

/**
 * Rows of a known law: {@code signal} is uniform in 0 to 1, and null for a tenth of the rows. A row
 * is high where signal > 5/9 or null: 0.9 * 4/9 + 0.1, one half of all. A high row's label is 1
 * with chance 0.9, another's with chance 0.1. The other features say nothing.
 *
 * <p>The best possible score tells high from low and no more: of the 1s, 0.9 are high, of the 0s,
 * 0.1. So its AUC = 0.9 * 0.9 for pairs in order, plus half of the ties' 2 * 0.9 * 0.1: 0.9.
 */
public final class SyntheticRows {
  public static final double BEST_AUC = 0.9;
  public static final List<String> NAMES = List.of("signal", "noise", "weekend", "merchant");
  public static final List<ValueType> TYPES =
      List.of(ValueType.DOUBLE, ValueType.LONG, ValueType.BOOLEAN, ValueType.STRING);
  public static final List<String> NUMERIC = List.of("signal", "noise", "weekend");
  public static final long SECOND_MICROS = 1_000_000;

  private SyntheticRows() {}

  /** One row a second. */
  public static TrainingRows of(int rows, long seed) {
    Random random = new Random(seed);
    TrainingRows set = new TrainingRows(NAMES, TYPES);
    Values values = new Values(TYPES);
    for (int i = 0; i < rows; i++) {
      boolean known = random.nextInt(10) > 0;
      double signal = random.nextDouble();
      values.setNull(0);
      if (known) {
        values.setDouble(0, signal);
      }
      boolean high = !known || signal > 5.0 / 9;
      values.setLong(1, random.nextInt(1000));
      values.setBoolean(2, random.nextBoolean());
      values.setString(3, "m" + random.nextInt(5));
      boolean one = random.nextDouble() < (high ? 0.9 : 0.1);
      set.add("r" + i, i * SECOND_MICROS, values, one ? 1 : 0);
    }
    return set;
  }
}
