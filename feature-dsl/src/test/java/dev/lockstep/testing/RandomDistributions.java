package dev.lockstep.testing;

import static dev.lockstep.define.Aggregations.approxDistinct;
import static dev.lockstep.define.Aggregations.approxQuantile;
import static dev.lockstep.define.Aggregations.correlation;
import static dev.lockstep.define.Aggregations.covariance;
import static dev.lockstep.define.Aggregations.decayedAvg;
import static dev.lockstep.define.Aggregations.decayedSum;
import static dev.lockstep.define.Aggregations.kurtosis;
import static dev.lockstep.define.Aggregations.median;
import static dev.lockstep.define.Aggregations.populationCovariance;
import static dev.lockstep.define.Aggregations.quantile;
import static dev.lockstep.define.Aggregations.quantileDiscrete;
import static dev.lockstep.define.Aggregations.skewness;
import static dev.lockstep.define.Aggregations.slope;
import static dev.lockstep.testing.RandomBasics.any;
import static dev.lockstep.testing.RandomBasics.number;
import static dev.lockstep.testing.RandomBasics.ordered;

import dev.lockstep.define.Aggregate;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/** One random instance of each aggregation about the spread and relations of numbers. */
public final class RandomDistributions {
  private static final List<Double> QUANTILES =
      List.of(0.0, 0.1, 0.25, 0.5, 0.75, 0.95, 0.999, 1.0, 0.123456789012345);
  private static final List<Double> ERRORS = List.of(0.5, 0.1, 0.01, 0.001, 0.00001);
  private static final List<Duration> HALF_LIVES =
      List.of(
          Duration.of(1, ChronoUnit.MICROS),
          Duration.ofMillis(7),
          Duration.ofMinutes(10),
          Duration.ofDays(30));

  private RandomDistributions() {}

  /** One of each; those of two events' relations are senseless over {@code lastEvents(1)}. */
  public static List<Aggregate<Swipe>> all(SplittableRandom random) {
    return List.of(
        median(number(random)),
        quantile(number(random), one(QUANTILES, random)),
        quantileDiscrete(ordered(random), one(QUANTILES, random)),
        approxQuantile(number(random), one(QUANTILES, random), one(ERRORS, random)),
        approxDistinct(any(random)),
        skewness(number(random)),
        kurtosis(number(random)),
        covariance(number(random), number(random)),
        populationCovariance(number(random), number(random)),
        correlation(number(random), number(random)),
        slope(number(random)),
        decayedSum(number(random), one(HALF_LIVES, random)),
        decayedAvg(number(random), one(HALF_LIVES, random)));
  }

  private static <E> E one(List<E> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }
}
