package dev.lockstep.define;

import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.Count;
import dev.lockstep.aggregate.Distinct;
import dev.lockstep.aggregate.Extreme;
import dev.lockstep.aggregate.FirstOrLast;
import dev.lockstep.aggregate.StandardDeviation;
import dev.lockstep.aggregate.Sum;

/** The aggregations, to be imported statically. All are exact (C6) and ignore nulls (C7). */
public final class Aggregations {
  private Aggregations() {}

  /** The number of events, nulls or not; LONG, 0 over nothing. */
  public static <T> Aggregate<T> count() {
    return new Aggregate<>(new Count(), null);
  }

  /** The exact sum, rounded once; LONG of integers (null if it doesn't fit), DOUBLE of doubles. */
  public static <T> Aggregate<T> sum(Column<T, ? extends Number> column) {
    return new Aggregate<>(new Sum(), column);
  }

  /** The exact mean, rounded once; DOUBLE, null over nothing. */
  public static <T> Aggregate<T> avg(Column<T, ? extends Number> column) {
    return new Aggregate<>(new Average(), column);
  }

  /** The least value of a number or an instant; of its type, null over nothing. */
  public static <T> Aggregate<T> min(Column<T, ?> column) {
    return new Aggregate<>(Extreme.least(), column);
  }

  /** The greatest value of a number or an instant; of its type, null over nothing. */
  public static <T> Aggregate<T> max(Column<T, ?> column) {
    return new Aggregate<>(Extreme.greatest(), column);
  }

  /** The sample standard deviation (n - 1, as SQL's STDDEV); DOUBLE, null under two values. */
  public static <T> Aggregate<T> stddev(Column<T, ? extends Number> column) {
    return new Aggregate<>(new StandardDeviation(), column);
  }

  /** The exact number of different values; LONG, 0 over nothing. */
  public static <T> Aggregate<T> distinct(Column<T, ?> column) {
    return new Aggregate<>(new Distinct(), column);
  }

  /** The earliest value that isn't null, in the window's order (C3); of its type. */
  public static <T> Aggregate<T> first(Column<T, ?> column) {
    return new Aggregate<>(FirstOrLast.first(), column);
  }

  /** The latest value that isn't null, in the window's order (C3); of its type. */
  public static <T> Aggregate<T> last(Column<T, ?> column) {
    return new Aggregate<>(FirstOrLast.last(), column);
  }
}
