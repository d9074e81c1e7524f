package dev.lockstep.training.profile;

import dev.lockstep.value.ValueType;
import java.util.Arrays;

/** A column of numbers, growing: NaN is null. Booleans are 0 and 1, instants microseconds. */
final class NumberColumn {
  private final String name;
  private final ValueType type;
  private final Moments moments = new Moments();
  private double[] values;
  private int size;

  NumberColumn(String name, ValueType type, int capacity) {
    this.name = name;
    this.type = type;
    this.values = new double[Math.max(capacity, 16)];
  }

  /**
   * Adds a value.
   *
   * @param held whether it is of the sample that is kept; the moments are of all
   */
  void add(double value, boolean held) {
    moments.add(value);
    if (held) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.addExact(size, size / 2));
      }
      values[size++] = value;
    }
  }

  String name() {
    return name;
  }

  ValueType type() {
    return type;
  }

  Moments moments() {
    return moments;
  }

  int size() {
    return size;
  }

  double get(int row) {
    return values[row];
  }

  /** The values held, in the order of the rows; a copy. */
  double[] values() {
    return Arrays.copyOf(values, size);
  }

  /** The values that are no nulls, ascending. */
  double[] sorted() {
    double[] sorted = new double[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (!Double.isNaN(values[i])) {
        sorted[n++] = values[i];
      }
    }
    sorted = Arrays.copyOf(sorted, n);
    Arrays.sort(sorted);
    return sorted;
  }
}
