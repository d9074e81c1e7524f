package dev.lockstep.beam.simulation;

import static dev.lockstep.define.Aggregations.count;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.Durations;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a key of a view leaves behind once nothing can be asked of its rows. */
class ForgottenKeysTest {
  record Swipe(String id, String card, Instant at, Instant known) {}

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private static SimulatedSet set(Duration lateness, Window window) {
    EventSource<Swipe> swipes =
        EventSource.of(Swipe.class)
            .named("swipes")
            .id(Swipe::id)
            .eventTime(Swipe::at)
            .availableAt(Swipe::known)
            .lateness(lateness);
    FeatureSet<Swipe> set =
        FeatureSet.named("forgotten")
            .forEach(swipes)
            .with(
                FeatureView.named("by_card")
                    .over(swipes)
                    .by(Entity.string("card"), Swipe::card)
                    .feature("n", count().over(window)))
            .emit(Emission.ordered());
    return new SimulatedSet(set, false, new SplittableRandom(1));
  }

  private static RecordedEvent sent(Swipe swipe) {
    return new RecordedEvent(0, swipe, Micros.of(swipe.at), 0);
  }

  /**
   * The cleanup that a key's first row armed comes while its second row still waits to become
   * available; and all of it so fast that the key's state is published only afterwards.
   */
  @Test
  void aRowThatWaitedLongerThanTheCleanupLeavesToo() {
    Instant later = NOON.plus(Duration.ofHours(2));
    SimulatedSet set = set(Durations.days(1), Window.last(Durations.minutes(1)));
    runAll(
        set,
        List.of(
            sent(new Swipe("a", "c", NOON, NOON)),
            sent(new Swipe("b", "c", later, later.plus(Duration.ofHours(23))))));
  }

  /** What is kept for less than the clock skew isn't looked through at each millisecond of it. */
  @Test
  void aKeyIsCleanedUpNowAndThen() {
    SimulatedSet set = set(Duration.ZERO, Window.lastEvents(2));
    runAll(set, List.of(sent(new Swipe("a", "c", NOON, NOON))));
  }

  private static void runAll(SimulatedSet set, List<RecordedEvent> events) {
    SimulatedCase records = new SimulatedCase(set, 1, events, events.size());
    for (long seed = 1; seed <= 20; seed++) {
      Schedule schedule = new Schedule(seed, false);
      assertEquals(
          List.of(),
          new Simulation(records, set, schedule, 1, Sabotage.NONE).run().differences(),
          "seed " + seed);
    }
  }
}
