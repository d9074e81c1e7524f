package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.approxQuantile;
import static dev.lockstep.define.Aggregations.correlation;
import static dev.lockstep.define.Aggregations.covariance;
import static dev.lockstep.define.Aggregations.kurtosis;
import static dev.lockstep.define.Aggregations.median;
import static dev.lockstep.define.Aggregations.populationCovariance;
import static dev.lockstep.define.Aggregations.quantile;
import static dev.lockstep.define.Aggregations.quantileDiscrete;
import static dev.lockstep.define.Aggregations.skewness;
import static dev.lockstep.define.Aggregations.slope;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Column;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RandomBasics;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import dev.lockstep.testing.RandomWindows;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Quantiles and moments that share one sorted multiset, histogram or sums, against the oracle. */
class SharedDistributionsTest {
  private static final int DEFINITIONS = 12;
  private static final int EVENTS = 120;
  private static final long FIRST_SEED = 20_261_122;

  private static FeaturePlan plan(SplittableRandom random) {
    EventSource<Swipe> swipes =
        EventSource.of(Swipe.class)
            .named("swipes")
            .eventTime(Swipe::at)
            .availableAt(Swipe::known)
            .id(Swipe::id);
    FeatureView<Swipe> view =
        FeatureView.named("v").over(swipes).by(RandomDefinitions.CARD, Swipe::card);
    Window window = RandomWindows.next(random);
    while (window.equals(Window.lastEvents(1))) {
      window = RandomWindows.next(random);
    }
    int names = 0;
    for (Aggregate<Swipe> aggregate :
        sharing(RandomBasics.number(random), RandomBasics.number(random))) {
      view = view.feature("f" + names++, aggregate.over(window));
    }
    return FeaturePlan.of(
        FeatureSet.named("shared")
            .forEach(swipes)
            .with(view.feature("all", Aggregations.<Swipe>count().over(Window.lifetime()))));
  }

  private static List<Aggregate<Swipe>> sharing(
      Column<Swipe, ? extends Number> x, Column<Swipe, ? extends Number> y) {
    return List.of(
        median(x),
        quantile(x, 0.9),
        quantileDiscrete(x, 0.9),
        approxQuantile(x, 0.1),
        approxQuantile(x, 0.9),
        approxQuantile(x, 0.9, 0.1),
        skewness(x),
        kurtosis(x),
        slope(x),
        covariance(x, y),
        populationCovariance(x, y),
        correlation(x, y));
  }

  @Test
  void thoseThatShareAStateDoNotDisturbEachOther() {
    int present = 0;
    int compared = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DEFINITIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FeaturePlan plan = plan(random);
      List<SourceRow> rows = NastyEvents.onKafka(plan, seed).rows(EVENTS);
      KernelRun pruned = new KernelRun(plan, rows).runPruning();
      KernelRun retracted = new KernelRun(plan, rows);
      retracted = retracted.runRetracting(retracted.inRandomOrder(random), random);
      List<OracleVector> expected = new NaiveOracle(plan).vectors(rows);
      for (KernelRun run : List.of(pruned, retracted)) {
        for (OracleVector vector : expected) {
          Values values = run.vectors.get(vector.place()).values();
          for (int i = 0; i < values.size(); i++) {
            String where = "seed " + seed + ", " + plan.features().get(i) + " of " + vector;
            assertEquals(vector.values().get(i), values.get(i), where);
            present += values.isNull(i) ? 0 : 1;
            compared++;
          }
        }
      }
    }
    assertTrue(present > compared / 4, "the events are too thin to show anything");
  }
}
