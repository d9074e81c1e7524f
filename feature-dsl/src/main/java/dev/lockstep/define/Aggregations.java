package dev.lockstep.define;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ApproxDistinct;
import dev.lockstep.aggregate.ApproxQuantile;
import dev.lockstep.aggregate.ArgExtreme;
import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.Change;
import dev.lockstep.aggregate.Correlation;
import dev.lockstep.aggregate.Covariance;
import dev.lockstep.aggregate.Decayed;
import dev.lockstep.aggregate.Deviation;
import dev.lockstep.aggregate.DistanceTravelled;
import dev.lockstep.aggregate.Distinct;
import dev.lockstep.aggregate.EndValues;
import dev.lockstep.aggregate.Entropy;
import dev.lockstep.aggregate.Extreme;
import dev.lockstep.aggregate.GapMean;
import dev.lockstep.aggregate.GapStddev;
import dev.lockstep.aggregate.Histogram;
import dev.lockstep.aggregate.NewestDistinct;
import dev.lockstep.aggregate.NthFrequent;
import dev.lockstep.aggregate.NthValue;
import dev.lockstep.aggregate.Quantile;
import dev.lockstep.aggregate.QuantileDiscrete;
import dev.lockstep.aggregate.RankedValues;
import dev.lockstep.aggregate.Rate;
import dev.lockstep.aggregate.Shape;
import dev.lockstep.aggregate.Since;
import dev.lockstep.aggregate.Slope;
import dev.lockstep.aggregate.Speed;
import dev.lockstep.aggregate.Streak;
import dev.lockstep.aggregate.Sum;
import dev.lockstep.aggregate.TopFrequent;
import dev.lockstep.aggregate.TopShare;
import dev.lockstep.aggregate.TopSpeed;
import java.time.Duration;
import java.util.List;

/**
 * The aggregations, to be imported statically. Nulls are ignored (C7); what is kept is exact, and
 * rounded once at the end (C6), where the name or the text doesn't say otherwise.
 */
public final class Aggregations extends ExpressionAggregations {
  private Aggregations() {}

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

  /** The k earliest values, oldest first (C3); STRING: a JSON list, null over nothing. */
  public static <T> Aggregate<T> firstK(Column<T, ?> column, int k) {
    return of(new EndValues(false, k), column);
  }

  /** The k latest values, newest first (C3); STRING: a JSON list, null over nothing. */
  public static <T> Aggregate<T> lastK(Column<T, ?> column, int k) {
    return of(new EndValues(true, k), column);
  }

  /**
   * The k different values that occurred last, newest first (C3); STRING: a JSON list, null over
   * nothing.
   */
  public static <T> Aggregate<T> lastKDistinct(Column<T, ?> column, int k) {
    return of(new NewestDistinct(k), column);
  }

  /**
   * The k greatest values of a number or an instant, greatest first, equal ones as often as they
   * occur; STRING: a JSON list, null over nothing.
   */
  public static <T> Aggregate<T> topK(Column<T, ?> column, int k) {
    return of(new RankedValues(true, k), column);
  }

  /**
   * The k least values of a number or an instant, least first, equal ones as often as they occur;
   * STRING: a JSON list, null over nothing.
   */
  public static <T> Aggregate<T> bottomK(Column<T, ?> column, int k) {
    return of(new RankedValues(false, k), column);
  }

  /**
   * The value of the event with the least {@code by}, a number or an instant; of equal ones the
   * latest (C3). Of the value's type, null over nothing.
   */
  public static <T> Aggregate<T> argMin(Column<T, ?> value, Column<T, ?> by) {
    return of(new ArgExtreme(false), by, value);
  }

  /**
   * The value of the event with the greatest {@code by}, a number or an instant; of equal ones the
   * latest (C3). Of the value's type, null over nothing.
   */
  public static <T> Aggregate<T> argMax(Column<T, ?> value, Column<T, ?> by) {
    return of(new ArgExtreme(true), by, value);
  }

  /**
   * The most frequent value, of equally frequent ones the least; of its type, null over nothing.
   */
  public static <T> Aggregate<T> mode(Column<T, ?> column) {
    return of(new NthFrequent(1), column);
  }

  /**
   * The k most frequent values, the most frequent first, of equally frequent ones the least;
   * STRING: a JSON list, null over nothing.
   */
  public static <T> Aggregate<T> topFrequent(Column<T, ?> column, int k) {
    return of(new TopFrequent(k), column);
  }

  /**
   * How often each value occurs; STRING: a JSON object with the values as keys, in their order,
   * null over nothing.
   */
  public static <T> Aggregate<T> histogram(Column<T, ?> column) {
    return of(new Histogram(), column);
  }

  /** The entropy of the values' distribution in nats, stepped; DOUBLE, null over nothing. */
  public static <T> Aggregate<T> entropy(Column<T, ?> column) {
    return of(new Entropy(), column);
  }

  /** The share of events with the most frequent value, rounded once; DOUBLE, null over nothing. */
  public static <T> Aggregate<T> topShare(Column<T, ?> column) {
    return of(new TopShare(), column);
  }

  /**
   * The seconds from the newest event to the request's event time, rounded once; DOUBLE, null over
   * nothing. Where the view reads the request's source, that is the request itself, 0 seconds ago:
   * say {@code excludingRequest()}.
   */
  public static <T> Aggregate<T> sinceLast() {
    return new Aggregate<>(new Since(true), List.of());
  }

  /**
   * The seconds from the window's oldest event to the request's event time, rounded once; DOUBLE,
   * null over nothing.
   */
  public static <T> Aggregate<T> sinceFirst() {
    return new Aggregate<>(new Since(false), List.of());
  }

  /** The mean seconds between consecutive events, rounded once; DOUBLE, null under two events. */
  public static <T> Aggregate<T> gapMean() {
    return new Aggregate<>(new GapMean(), List.of());
  }

  /**
   * The sample standard deviation (n - 1) of the seconds between consecutive events; DOUBLE, null
   * under three events, which have two gaps.
   */
  public static <T> Aggregate<T> gapStddev() {
    return new Aggregate<>(new GapStddev(), List.of());
  }

  /**
   * The latest value less the one before it (C3); LONG of integers (null if it doesn't fit), DOUBLE
   * of doubles. Null under two values.
   */
  public static <T> Aggregate<T> change(Column<T, ? extends Number> column) {
    return of(new Change(), column);
  }

  /**
   * How many of the newest events in a row are true (C3), nulls left out; LONG, 0 over nothing. Of
   * a condition: {@code Column.computed("small", 1, Boolean.class, s -> s.amount() < 10)}.
   */
  public static <T> Aggregate<T> streak(Column<T, Boolean> column) {
    return of(new Streak(), column);
  }

  /**
   * The metres along the positions, in degrees, in the window's order (C3), stepped; DOUBLE, 0 over
   * one position, null over nothing and where a position is none on earth.
   */
  public static <T> Aggregate<T> distanceTravelled(
      Column<T, ? extends Number> latitude, Column<T, ? extends Number> longitude) {
    return of(new DistanceTravelled(), latitude, longitude);
  }

  /**
   * The metres per second from the previous position, in degrees, to the newest (C3), stepped;
   * DOUBLE, null under two positions, if no time passed, and where one of them is none on earth.
   */
  public static <T> Aggregate<T> speed(
      Column<T, ? extends Number> latitude, Column<T, ? extends Number> longitude) {
    return of(new Speed(), latitude, longitude);
  }

  /**
   * The greatest speed between consecutive positions, in degrees (C3), in metres per second,
   * stepped; DOUBLE. Steps in which no time passed are left out; null where none remains, and where
   * a position is none on earth.
   */
  public static <T> Aggregate<T> topSpeed(
      Column<T, ? extends Number> latitude, Column<T, ? extends Number> longitude) {
    return of(new TopSpeed(), latitude, longitude);
  }

  /** Events per second of the window's length; DOUBLE, 0 over nothing. */
  public static <T> Aggregate<T> rate() {
    return new Aggregate<>(new Rate(), List.of());
  }

  /**
   * The median of a number, halfway between the two middle values of an even number of them;
   * DOUBLE, exact and rounded once, null over nothing.
   */
  public static <T> Aggregate<T> median(Column<T, ? extends Number> column) {
    return quantile(column, 0.5);
  }

  /**
   * The quantile of a number, interpolated between neighbours at {@code (n - 1) q} (as SQL's
   * PERCENTILE_CONT); DOUBLE, exact and rounded once, null over nothing.
   *
   * @param q from 0, the least, to 1, the greatest
   */
  public static <T> Aggregate<T> quantile(Column<T, ? extends Number> column, double q) {
    return of(Quantile.of(q), column);
  }

  /**
   * The value of rank {@code ceil(q n)} of a number or an instant (as SQL's PERCENTILE_DISC); of
   * its type, null over nothing.
   *
   * @param q from 0, the least, to 1, the greatest
   */
  public static <T> Aggregate<T> quantileDiscrete(Column<T, ?> column, double q) {
    return of(QuantileDiscrete.of(q), column);
  }

  /** The discrete quantile within a relative error of 1 %; DOUBLE, null over nothing. */
  public static <T> Aggregate<T> approxQuantile(Column<T, ? extends Number> column, double q) {
    return approxQuantile(column, q, 0.01);
  }

  /**
   * The discrete quantile within a relative error, in memory that grows with the values' spread and
   * not with the window; DOUBLE, null over nothing.
   *
   * @param q from 0, the least, to 1, the greatest
   * @param relativeError from 0.00001 to 0.5
   */
  public static <T> Aggregate<T> approxQuantile(
      Column<T, ? extends Number> column, double q, double relativeError) {
    return of(ApproxQuantile.of(q, relativeError), column);
  }

  /** The number of different values, standard error 1.6 % (HyperLogLog); LONG, 0 over nothing. */
  public static <T> Aggregate<T> approxDistinct(Column<T, ?> column) {
    return of(new ApproxDistinct(), column);
  }

  /** The population skewness g1; DOUBLE, null over nothing and where all values are equal. */
  public static <T> Aggregate<T> skewness(Column<T, ? extends Number> column) {
    return of(new Shape(false), column);
  }

  /** The population excess kurtosis g2; DOUBLE, null over nothing and where all are equal. */
  public static <T> Aggregate<T> kurtosis(Column<T, ? extends Number> column) {
    return of(new Shape(true), column);
  }

  /** The sample covariance (n - 1), rounded once; DOUBLE, null under two events. */
  public static <T> Aggregate<T> covariance(
      Column<T, ? extends Number> x, Column<T, ? extends Number> y) {
    return of(new Covariance(true), x, y);
  }

  /** The population covariance (n), rounded once; DOUBLE, null over nothing. */
  public static <T> Aggregate<T> populationCovariance(
      Column<T, ? extends Number> x, Column<T, ? extends Number> y) {
    return of(new Covariance(false), x, y);
  }

  /** Pearson's correlation; DOUBLE, -1 to 1, null where x or y has no variance. */
  public static <T> Aggregate<T> correlation(
      Column<T, ? extends Number> x, Column<T, ? extends Number> y) {
    return of(new Correlation(), x, y);
  }

  /**
   * The rise per second of the least-squares line over event time; DOUBLE, null under two events
   * and where all happened at one time.
   */
  public static <T> Aggregate<T> slope(Column<T, ? extends Number> column) {
    return of(new Slope(), column);
  }

  /**
   * The sum in which an event weighs half as much for each half-life before the request; DOUBLE,
   * computed step by step ({@link Decayed}), null over nothing.
   */
  public static <T> Aggregate<T> decayedSum(Column<T, ? extends Number> column, Duration halfLife) {
    return of(new Decayed(halfLife, false), column);
  }

  /**
   * The mean in which an event weighs half as much for each half-life that it is older; DOUBLE,
   * computed step by step ({@link Decayed}), null over nothing.
   */
  public static <T> Aggregate<T> decayedAvg(Column<T, ? extends Number> column, Duration halfLife) {
    return of(new Decayed(halfLife, true), column);
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
