package dev.lockstep.define;

import static dev.lockstep.define.AggregationCatalog.ALSO_OVER_ONE;
import static dev.lockstep.define.AggregationCatalog.BY_VALUE;
import static dev.lockstep.define.AggregationDescription.of;

import dev.lockstep.aggregate.ApproxDistinct;
import dev.lockstep.aggregate.ApproxQuantile;
import dev.lockstep.aggregate.Correlation;
import dev.lockstep.aggregate.Covariance;
import dev.lockstep.aggregate.Decayed;
import dev.lockstep.aggregate.Quantile;
import dev.lockstep.aggregate.QuantileDiscrete;
import dev.lockstep.aggregate.Shape;
import dev.lockstep.aggregate.Slope;
import java.time.Duration;
import java.util.List;

/** The catalogue's part about how numbers are spread and how they go together. */
final class DistributionCatalog {
  private static final String ALSO_WHERE_ALL_EQUAL = "null, also where all are equal";

  private DistributionCatalog() {}

  static List<AggregationDescription> all() {
    Duration hour = Duration.ofHours(1);
    return List.of(
        of("median(x)", "middle value, interpolated", Quantile.of(0.5)),
        of("quantile(x, q)", "value at a part q of all, interpolated", Quantile.of(0.95)),
        of(
            "quantileDiscrete(x, q)",
            "least value that a part q of all isn't above",
            QuantileDiscrete.of(0.95)),
        of(
            "approxQuantile(x, q)",
            "quantileDiscrete within a relative error, 1 % or as given",
            ApproxQuantile.of(0.95, 0.01)),
        of(
                "approxDistinct(x)",
                "number of different values, standard error 1.6 %",
                new ApproxDistinct())
            .overNothing("0"),
        of("skewness(x)", "population skewness g1", new Shape(false))
            .overNothing(ALSO_WHERE_ALL_EQUAL),
        of("kurtosis(x)", "population excess kurtosis g2", new Shape(true))
            .overNothing(ALSO_WHERE_ALL_EQUAL),
        of("covariance(x, y)", "sample covariance", new Covariance(true))
            .overNothing(ALSO_OVER_ONE),
        of("populationCovariance(x, y)", "population covariance", new Covariance(false)),
        of("correlation(x, y)", "Pearson's", new Correlation())
            .overNothing("null, also where x or y is constant"),
        of("slope(x)", "least-squares rise per second", new Slope())
            .overNothing("null, also over one time"),
        of("decayedSum(x, halfLife)", "sum, older ones weighing less", new Decayed(hour, false))
            .ties(BY_VALUE),
        of("decayedAvg(x, halfLife)", "mean, older ones weighing less", new Decayed(hour, true))
            .ties(BY_VALUE));
  }
}
