package dev.lockstep.benchmarks.batch;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.first;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.sinceFirst;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Aggregations.variance;

import dev.lockstep.define.Aggregate;
import java.util.Locale;

/** An aggregation that means the same in SQL, and how closely the two must agree. */
enum Measure {
  COUNT("count(*) OVER %s", 0, 0),
  SUM("sum(amount) OVER %s", 1e-9, 0),
  AVG("avg(amount) OVER %s", 1e-9, 0),
  MIN("min(amount) OVER %s", 0, 0),
  MAX("max(amount) OVER %s", 0, 0),
  STDDEV("stddev_samp(amount) OVER %s", 1e-9, Measure.ROUNDING),
  VARIANCE("var_samp(amount) OVER %s", 1e-9, Measure.ROUNDING),
  FIRST("first_value(amount) OVER %s", 0, 0),
  LAST("last_value(amount) OVER %s", 0, 0),
  SINCE_FIRST(
      "(epoch_us(\"at\") - epoch_us(first_value(\"at\") OVER %s)) / 1000000.0::DOUBLE", 0, 0);

  /**
   * DuckDB merges partial means, each rounded, so that amounts which are all equal can vary by the
   * rounding of their mean; ours are exact.
   */
  private static final double ROUNDING = 1e-9;

  private final String sql;
  private final double relative;
  private final double absolute;

  Measure(String sql, double relative, double absolute) {
    this.sql = sql;
    this.relative = relative;
    this.absolute = absolute;
  }

  /** Ours, over no window yet. */
  Aggregate<Payment> ours() {
    return switch (this) {
      case COUNT -> count();
      case SUM -> sum(Payment::amount);
      case AVG -> avg(Payment::amount);
      case MIN -> min(Payment::amount);
      case MAX -> max(Payment::amount);
      case STDDEV -> stddev(Payment::amount);
      case VARIANCE -> variance(Payment::amount);
      case FIRST -> first(Payment::amount);
      case LAST -> last(Payment::amount);
      case SINCE_FIRST -> sinceFirst();
    };
  }

  /** DuckDB's, over a named window. */
  String sql(String window) {
    return sql.formatted(window);
  }

  /** The name of the feature over a window. */
  String feature(String window) {
    return name().toLowerCase(Locale.ROOT) + "_" + window;
  }

  /** What two values may differ by, as part of the greater of the two; 0 for none. */
  double relativeTolerance() {
    return relative;
  }

  /** What they may differ by whatever their size; 0 for none. */
  double absoluteTolerance() {
    return absolute;
  }
}
