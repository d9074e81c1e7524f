package dev.lockstep.testing;

import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** C5: what onArrival() publishes, given the order in which rows were processed. */
class ProcessingOrderTest {
  private static final Instant T = Instant.parse("2024-05-01T12:00:00Z");

  record Swipe(String id, String card, double amount, Instant at) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
  private static final FeaturePlan PLAN =
      FeaturePlan.of(
          FeatureSet.named("s")
              .forEach(SWIPES)
              .with(
                  FeatureView.named("v")
                      .over(SWIPES)
                      .by(Entity.string("card"), Swipe::card)
                      .feature("total", sum(Swipe::amount).over(Window.last(hours(1))))));

  private static Map<Integer, Object> totals(Swipe... processed) {
    NaiveOracle oracle = new NaiveOracle(PLAN);
    List<RecordedEvent> events = new ArrayList<>();
    for (Swipe swipe : processed) {
      events.add(new RecordedEvent(0, swipe, RecordedEvent.NO_RECORD_TIMESTAMP, 0));
    }
    Map<Integer, Object> totals = new TreeMap<>();
    for (OracleVector vector : oracle.vectorsInProcessingOrder(oracle.admitted(events))) {
      totals.put(vector.place(), vector.values().get(0));
    }
    return totals;
  }

  private static Swipe swipe(String id, double amount, int second) {
    return new Swipe(id, "c", amount, T.plusSeconds(second));
  }

  @Test
  void anEventInFlightIsMissedAndNoneIsSeenTooEarly() {
    assertEquals(
        Map.of(0, 2.0, 1, 1.0, 2, 7.0),
        totals(swipe("b", 2, 20), swipe("a", 1, 10), swipe("c", 4, 30)));
  }

  /** C9: the copy first in knowledge order is the event, whichever was processed first. */
  @Test
  void aCopyGetsNoSecondVector() {
    assertEquals(
        Map.of(0, 2.0, 2, 9.0, 4, 25.0),
        totals(
            swipe("a", 2, 20),
            swipe("a", 1, 10),
            swipe("b", 8, 30),
            swipe("a", 4, 40),
            swipe("c", 16, 50)));
  }

  /** In knowledge order nothing is in flight: C3 to the bit. */
  @Test
  void inKnowledgeOrderItIsTheDefinition() {
    for (long seed = 1; seed <= 4; seed++) {
      FeaturePlan plan = RandomDefinitions.plan(seed);
      List<SourceRow> rows = new ArrayList<>(NastyEvents.onKafka(plan, seed).rows(80));
      rows.sort(
          (a, b) -> {
            int by = Long.compare(a.availableAtMicros(), b.availableAtMicros());
            by = by != 0 ? by : Long.compare(a.sequence(), b.sequence());
            by = by != 0 ? by : Long.compare(a.eventTimeMicros(), b.eventTimeMicros());
            by = by != 0 ? by : Integer.compare(a.source(), b.source());
            return by != 0
                ? by
                : NaiveOrder.knowledge(plan.sources().get(a.source())).compare(a, b);
          });
      NaiveOracle oracle = new NaiveOracle(plan);
      assertEquals(oracle.vectors(rows), oracle.vectorsInProcessingOrder(rows), "seed " + seed);
    }
  }

  @Test
  void oneSeedGivesTheSameRecords() {
    FeaturePlan plan = RandomDefinitions.plan(7);
    assertEquals(
        NastyEvents.onKafka(plan, 7).records(200), NastyEvents.onKafka(plan, 7).records(200));
    assertEquals(7, NastyEvents.inHistory(plan, 7).seed());
  }
}
