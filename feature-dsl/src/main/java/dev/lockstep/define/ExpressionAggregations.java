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
import dev.lockstep.aggregate.Histogram;
import dev.lockstep.aggregate.NewestDistinct;
import dev.lockstep.aggregate.NthFrequent;
import dev.lockstep.aggregate.NthValue;
import dev.lockstep.aggregate.Quantile;
import dev.lockstep.aggregate.QuantileDiscrete;
import dev.lockstep.aggregate.RankedValues;
import dev.lockstep.aggregate.Shape;
import dev.lockstep.aggregate.Slope;
import dev.lockstep.aggregate.Speed;
import dev.lockstep.aggregate.Streak;
import dev.lockstep.aggregate.Sum;
import dev.lockstep.aggregate.TopFrequent;
import dev.lockstep.aggregate.TopShare;
import dev.lockstep.aggregate.TopSpeed;
import java.time.Duration;

/**
 * The aggregations over expressions: {@code sum(field(Order::price).times(field(Order::quantity)))}
 * is what {@link Aggregations#sum} is of a column. {@link Aggregations} has them by inheritance, to
 * be imported from there.
 */
public abstract sealed class ExpressionAggregations extends CategoryCounts permits Aggregations {
  ExpressionAggregations() {}

  public static <T> Aggregate<T> sum(NumberExpression value) {
    return Aggregate.ofExpressions(new Sum(), value);
  }

  public static <T> Aggregate<T> avg(NumberExpression value) {
    return Aggregate.ofExpressions(new Average(), value);
  }

  public static <T> Aggregate<T> min(Expression value) {
    return Aggregate.ofExpressions(new Extreme(false), value);
  }

  public static <T> Aggregate<T> max(Expression value) {
    return Aggregate.ofExpressions(new Extreme(true), value);
  }

  public static <T> Aggregate<T> variance(NumberExpression value) {
    return Aggregate.ofExpressions(new Deviation(true, false), value);
  }

  public static <T> Aggregate<T> populationVariance(NumberExpression value) {
    return Aggregate.ofExpressions(new Deviation(false, false), value);
  }

  public static <T> Aggregate<T> stddev(NumberExpression value) {
    return Aggregate.ofExpressions(new Deviation(true, true), value);
  }

  public static <T> Aggregate<T> populationStddev(NumberExpression value) {
    return Aggregate.ofExpressions(new Deviation(false, true), value);
  }

  public static <T> Aggregate<T> distinct(Expression value) {
    return Aggregate.ofExpressions(new Distinct(), value);
  }

  public static <T> Aggregate<T> first(Expression value) {
    return Aggregate.ofExpressions(new NthValue(false, 1), value);
  }

  public static <T> Aggregate<T> last(Expression value) {
    return Aggregate.ofExpressions(new NthValue(true, 1), value);
  }

  public static <T> Aggregate<T> previous(Expression value) {
    return Aggregate.ofExpressions(new NthValue(true, 2), value);
  }

  public static <T> Aggregate<T> firstK(Expression value, int k) {
    return Aggregate.ofExpressions(new EndValues(false, k), value);
  }

  public static <T> Aggregate<T> lastK(Expression value, int k) {
    return Aggregate.ofExpressions(new EndValues(true, k), value);
  }

  public static <T> Aggregate<T> lastKDistinct(Expression value, int k) {
    return Aggregate.ofExpressions(new NewestDistinct(k), value);
  }

  public static <T> Aggregate<T> topK(Expression value, int k) {
    return Aggregate.ofExpressions(new RankedValues(true, k), value);
  }

  public static <T> Aggregate<T> bottomK(Expression value, int k) {
    return Aggregate.ofExpressions(new RankedValues(false, k), value);
  }

  public static <T> Aggregate<T> argMin(Expression value, Expression by) {
    return Aggregate.ofExpressions(new ArgExtreme(false), by, value);
  }

  public static <T> Aggregate<T> argMax(Expression value, Expression by) {
    return Aggregate.ofExpressions(new ArgExtreme(true), by, value);
  }

  public static <T> Aggregate<T> mode(Expression value) {
    return Aggregate.ofExpressions(new NthFrequent(1), value);
  }

  public static <T> Aggregate<T> topFrequent(Expression value, int k) {
    return Aggregate.ofExpressions(new TopFrequent(k), value);
  }

  public static <T> Aggregate<T> histogram(Expression value) {
    return Aggregate.ofExpressions(new Histogram(), value);
  }

  public static <T> Aggregate<T> entropy(Expression value) {
    return Aggregate.ofExpressions(new Entropy(), value);
  }

  public static <T> Aggregate<T> topShare(Expression value) {
    return Aggregate.ofExpressions(new TopShare(), value);
  }

  public static <T> Aggregate<T> change(NumberExpression value) {
    return Aggregate.ofExpressions(new Change(), value);
  }

  public static <T> Aggregate<T> streak(Condition value) {
    return Aggregate.ofExpressions(new Streak(), value);
  }

  public static <T> Aggregate<T> distanceTravelled(
      NumberExpression latitude, NumberExpression longitude) {
    return Aggregate.ofExpressions(new DistanceTravelled(), latitude, longitude);
  }

  public static <T> Aggregate<T> speed(NumberExpression latitude, NumberExpression longitude) {
    return Aggregate.ofExpressions(new Speed(), latitude, longitude);
  }

  public static <T> Aggregate<T> topSpeed(NumberExpression latitude, NumberExpression longitude) {
    return Aggregate.ofExpressions(new TopSpeed(), latitude, longitude);
  }

  public static <T> Aggregate<T> median(NumberExpression value) {
    return quantile(value, 0.5);
  }

  public static <T> Aggregate<T> quantile(NumberExpression value, double q) {
    return Aggregate.ofExpressions(Quantile.of(q), value);
  }

  public static <T> Aggregate<T> quantileDiscrete(Expression value, double q) {
    return Aggregate.ofExpressions(QuantileDiscrete.of(q), value);
  }

  public static <T> Aggregate<T> approxQuantile(NumberExpression value, double q) {
    return approxQuantile(value, q, 0.01);
  }

  public static <T> Aggregate<T> approxQuantile(
      NumberExpression value, double q, double relativeError) {
    return Aggregate.ofExpressions(ApproxQuantile.of(q, relativeError), value);
  }

  public static <T> Aggregate<T> approxDistinct(Expression value) {
    return Aggregate.ofExpressions(new ApproxDistinct(), value);
  }

  public static <T> Aggregate<T> skewness(NumberExpression value) {
    return Aggregate.ofExpressions(new Shape(false), value);
  }

  public static <T> Aggregate<T> kurtosis(NumberExpression value) {
    return Aggregate.ofExpressions(new Shape(true), value);
  }

  public static <T> Aggregate<T> covariance(NumberExpression x, NumberExpression y) {
    return Aggregate.ofExpressions(new Covariance(true), x, y);
  }

  public static <T> Aggregate<T> populationCovariance(NumberExpression x, NumberExpression y) {
    return Aggregate.ofExpressions(new Covariance(false), x, y);
  }

  public static <T> Aggregate<T> correlation(NumberExpression x, NumberExpression y) {
    return Aggregate.ofExpressions(new Correlation(), x, y);
  }

  public static <T> Aggregate<T> slope(NumberExpression value) {
    return Aggregate.ofExpressions(new Slope(), value);
  }

  public static <T> Aggregate<T> decayedSum(NumberExpression value, Duration halfLife) {
    return Aggregate.ofExpressions(new Decayed(halfLife, false), value);
  }

  public static <T> Aggregate<T> decayedAvg(NumberExpression value, Duration halfLife) {
    return Aggregate.ofExpressions(new Decayed(halfLife, true), value);
  }

  /** An aggregation of your own over one expression. */
  public static <T> Aggregate<T> of(Aggregation aggregation, Expression value) {
    return Aggregate.ofExpressions(aggregation, value);
  }

  /** An aggregation of your own over two expressions. */
  public static <T> Aggregate<T> of(Aggregation aggregation, Expression first, Expression second) {
    return Aggregate.ofExpressions(aggregation, first, second);
  }
}
