package dev.lockstep.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ScoringResult;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts, once, and how late it was. */
class OutcomesTest {
  private static FeatureVector vector(String id, long eventTimeMicros) {
    return new FeatureVector(
        "set", "f", id, eventTimeMicros, eventTimeMicros, Map.of(), new Values(List.of()), 0, 0);
  }

  private static ScoringResult score(String id, long eventTimeMicros, double score) {
    return new ScoringResult(
        "set",
        id,
        Map.of(),
        score,
        0.5,
        "m",
        "1",
        "f",
        eventTimeMicros,
        eventTimeMicros,
        5_000_000,
        0,
        0);
  }

  @Test
  void warmUpIsOnlyCounted() {
    Outcomes outcomes = new Outcomes(100);
    outcomes.add(vector("a", 99));
    outcomes.add(vector("a", 99));
    outcomes.add(vector("b", 100));
    outcomes.add(score("a", 99, 0.9), 9_000);
    assertEquals(1, outcomes.warmUpVectors());
    assertEquals(1, outcomes.warmUpScores());
    assertEquals(1, outcomes.vectors().size());
    assertEquals(0, outcomes.alerts());
    assertEquals(0, outcomes.latency().max());
  }

  @Test
  void copiesCountOnce() {
    Outcomes outcomes = new Outcomes(0);
    outcomes.add(vector("a", 1));
    outcomes.add(vector("a", 1));
    outcomes.add(score("a", 1, 0.9), 5_020);
    outcomes.add(score("a", 1, 0.9), 5_900);
    assertEquals(1, outcomes.vectors().size());
    assertEquals(1, outcomes.repeatedVectors());
    assertEquals(1, outcomes.repeatedScores());
    assertEquals(1, outcomes.alerts());
    assertEquals(20, outcomes.latency().max());
  }

  @Test
  void aScoreOfWhichNobodySaidWhenItsEventCameIsLeftOutAndCounted() {
    Outcomes outcomes = new Outcomes(0);
    outcomes.add(score("a", 1, 0.9), 5_020);
    outcomes.add(
        new ScoringResult("set", "b", Map.of(), 0.9, 0.5, "m", "1", "f", 1, 1, 0, 0, 0), 5_900);
    assertEquals(2, outcomes.scores().size());
    assertEquals(20, outcomes.latency().max());
    assertEquals(1, outcomes.latency().unknown());
  }

  @Test
  void latencyIsFromTheAppendOfTheEventToThatOfTheScore() {
    Outcomes outcomes = new Outcomes(0);
    for (int i = 1; i <= 100; i++) {
      outcomes.add(score("r" + i, 1, 0.1), 5_000 + i);
    }
    assertEquals(50, outcomes.latency().p50());
    assertEquals(99, outcomes.latency().p99());
    assertEquals(100, outcomes.latency().max());
  }
}
