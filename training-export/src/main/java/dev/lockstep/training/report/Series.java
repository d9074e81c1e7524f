package dev.lockstep.training.report;

import java.util.Arrays;

/**
 * One line or one set of bars of a chart: a name and numbers; NaN is a gap. Immutable.
 *
 * <p>In a chart over categories there is one y each; in a chart of points, an x and a y.
 */
public final class Series {
  private final String name;
  private final double[] x;
  private final double[] y;
  private final boolean reference;

  private Series(String name, double[] x, double[] y, boolean reference) {
    this.name = name;
    this.x = x;
    this.y = y;
    this.reference = reference;
  }

  static Series ofValues(String name, double[] y, boolean reference) {
    return new Series(name, new double[0], y.clone(), reference);
  }

  /**
   * @throws IllegalArgumentException if there aren't as many x as y
   */
  static Series ofPoints(String name, double[] x, double[] y, boolean reference) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " x for " + y.length + " y of " + name);
    }
    return new Series(name, x.clone(), y.clone(), reference);
  }

  public String name() {
    return name;
  }

  /** Empty in a chart over categories. */
  public double[] x() {
    return x.clone();
  }

  public double[] y() {
    return y.clone();
  }

  /** Whether it is there to compare with: thin and dashed. */
  public boolean isReference() {
    return reference;
  }

  int size() {
    return y.length;
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Series s
        && name.equals(s.name)
        && Arrays.equals(x, s.x)
        && Arrays.equals(y, s.y)
        && reference == s.reference;
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(y);
  }
}
