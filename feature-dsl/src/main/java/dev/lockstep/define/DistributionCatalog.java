package dev.lockstep.define;

import static dev.lockstep.define.AggregationCatalog.ANY;
import static dev.lockstep.define.AggregationCatalog.BY_VALUE;
import static dev.lockstep.define.AggregationCatalog.IRRELEVANT;
import static dev.lockstep.define.AggregationCatalog.NULL;
import static dev.lockstep.define.AggregationCatalog.NUMBER;
import static dev.lockstep.define.AggregationCatalog.NUMBER_OR_INSTANT;
import static dev.lockstep.value.ValueType.DOUBLE;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ApproxDistinct;
import dev.lockstep.aggregate.ApproxQuantile;
import dev.lockstep.aggregate.Correlation;
import dev.lockstep.aggregate.Covariance;
import dev.lockstep.aggregate.Decayed;
import dev.lockstep.aggregate.Quantile;
import dev.lockstep.aggregate.QuantileDiscrete;
import dev.lockstep.aggregate.Shape;
import dev.lockstep.aggregate.Slope;
import dev.lockstep.define.AggregationCatalog.Entry;
import dev.lockstep.value.ValueType;
import java.time.Duration;
import java.util.List;

/** The catalogue's part about how numbers are spread and how they go together. */
final class DistributionCatalog {
  private static final String NULL_WHERE_ALL_EQUAL = "null, also where all are equal";
  private static final String NULL_OVER_ONE = "null, also over one";

  private DistributionCatalog() {}

  static List<Entry> entries() {
    Duration hour = Duration.ofHours(1);
    return List.of(
        of("median(x)", "middle value, interpolated", Quantile.of(0.5), NULL),
        of("quantile(x, q)", "value at a part q of all, interpolated", Quantile.of(0.95), NULL),
        new Entry(
            "quantileDiscrete(x, q)",
            "least value that a part q of all isn't above",
            QuantileDiscrete.of(0.95),
            List.of(DOUBLE),
            NUMBER_OR_INSTANT,
            "as x",
            NULL,
            IRRELEVANT),
        of(
            "approxQuantile(x, q)",
            "quantileDiscrete within a relative error, 1 % or as given",
            ApproxQuantile.of(0.95, 0.01),
            NULL),
        new Entry(
            "approxDistinct(x)",
            "number of different values, standard error 1.6 %",
            new ApproxDistinct(),
            List.of(DOUBLE),
            ANY,
            "LONG",
            "0",
            IRRELEVANT),
        of("skewness(x)", "population skewness g1", new Shape(false), NULL_WHERE_ALL_EQUAL),
        of("kurtosis(x)", "population excess kurtosis g2", new Shape(true), NULL_WHERE_ALL_EQUAL),
        pair("covariance(x, y)", "sample covariance", new Covariance(true), NULL_OVER_ONE),
        pair("populationCovariance(x, y)", "population covariance", new Covariance(false), NULL),
        pair(
            "correlation(x, y)",
            "Pearson's",
            new Correlation(),
            "null, also where x or y is constant"),
        of("slope(x)", "least-squares rise per second", new Slope(), "null, also over one time"),
        decayed("decayedSum(x, halfLife)", "sum, older ones weighing less", hour, false),
        decayed("decayedAvg(x, halfLife)", "mean, older ones weighing less", hour, true));
  }

  private static Entry of(String call, String meaning, Aggregation example, String overNothing) {
    List<ValueType> number = List.of(DOUBLE);
    return new Entry(call, meaning, example, number, NUMBER, "DOUBLE", overNothing, IRRELEVANT);
  }

  private static Entry pair(String call, String meaning, Aggregation example, String overNothing) {
    return new Entry(
        call,
        meaning,
        example,
        List.of(DOUBLE, DOUBLE),
        "number, number",
        "DOUBLE",
        overNothing,
        IRRELEVANT);
  }

  private static Entry decayed(String call, String meaning, Duration halfLife, boolean mean) {
    return new Entry(
        call,
        meaning,
        new Decayed(halfLife, mean),
        List.of(DOUBLE),
        NUMBER,
        "DOUBLE",
        NULL,
        BY_VALUE);
  }
}
