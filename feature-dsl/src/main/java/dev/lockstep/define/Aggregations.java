package dev.lockstep.define;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.Count;
import dev.lockstep.aggregate.Deviation;
import dev.lockstep.aggregate.Distinct;
import dev.lockstep.aggregate.Extreme;
import dev.lockstep.aggregate.NthValue;
import dev.lockstep.aggregate.Rate;
import dev.lockstep.aggregate.Sum;
import java.util.List;

/**
 * The aggregations, to be imported statically. Nulls are ignored (C7); what is kept is exact, and
 * rounded once at the end (C6), where the name or the text doesn't say otherwise.
 */
public final class Aggregations {
  private Aggregations() {}

  /** The number of events, nulls or not; LONG, 0 over nothing. */
  public static <T> Aggregate<T> count() {
    return new Aggregate<>(new Count(), List.of());
  }

  /** The exact sum, rounded once; LONG of integers (null if it doesn't fit), DOUBLE of doubles. */
  public static <T> Aggregate<T> sum(Column<T, ? extends Number> column) {
    return of(new Sum(), column);
  }

  /** The exact mean, rounded once; DOUBLE, null over nothing. */
  public static <T> Aggregate<T> avg(Column<T, ? extends Number> column) {
    return of(new Average(), column);
  }

  /** The least value of a number or an instant; of its type, null over nothing. */
  public static <T> Aggregate<T> min(Column<T, ?> column) {
    return of(new Extreme(false), column);
  }

  /** The greatest value of a number or an instant; of its type, null over nothing. */
  public static <T> Aggregate<T> max(Column<T, ?> column) {
    return of(new Extreme(true), column);
  }

  /**
   * The sample variance (n - 1, as SQL's VARIANCE), rounded once; DOUBLE, null under two values.
   */
  public static <T> Aggregate<T> variance(Column<T, ? extends Number> column) {
    return of(new Deviation(true, false), column);
  }

  /** The population variance (n), rounded once; DOUBLE, null over nothing. */
  public static <T> Aggregate<T> populationVariance(Column<T, ? extends Number> column) {
    return of(new Deviation(false, false), column);
  }

  /** The sample standard deviation (n - 1, as SQL's STDDEV); DOUBLE, null under two values. */
  public static <T> Aggregate<T> stddev(Column<T, ? extends Number> column) {
    return of(new Deviation(true, true), column);
  }

  /** The population standard deviation (n); DOUBLE, null over nothing. */
  public static <T> Aggregate<T> populationStddev(Column<T, ? extends Number> column) {
    return of(new Deviation(false, true), column);
  }

  /** The exact number of different values; LONG, 0 over nothing. */
  public static <T> Aggregate<T> distinct(Column<T, ?> column) {
    return of(new Distinct(), column);
  }

  /** The earliest value that isn't null, in the window's order (C3); of its type. */
  public static <T> Aggregate<T> first(Column<T, ?> column) {
    return of(new NthValue(false, 1), column);
  }

  /** The latest value that isn't null, in the window's order (C3); of its type. */
  public static <T> Aggregate<T> last(Column<T, ?> column) {
    return of(new NthValue(true, 1), column);
  }

  /** The latest value but one, in the window's order (C3); of its type, null under two values. */
  public static <T> Aggregate<T> previous(Column<T, ?> column) {
    return of(new NthValue(true, 2), column);
  }

  /** Events per second of the window's length; DOUBLE, 0 over nothing. */
  public static <T> Aggregate<T> rate() {
    return new Aggregate<>(new Rate(), List.of());
  }

  /** An aggregation of your own over one column. */
  public static <T> Aggregate<T> of(Aggregation aggregation, Column<T, ?> column) {
    return new Aggregate<>(aggregation, List.of(column));
  }

  /** An aggregation of your own over two columns. */
  public static <T> Aggregate<T> of(
      Aggregation aggregation, Column<T, ?> first, Column<T, ?> second) {
    return new Aggregate<>(aggregation, List.of(first, second));
  }
}
