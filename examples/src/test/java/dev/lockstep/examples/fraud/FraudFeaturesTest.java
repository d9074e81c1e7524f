package dev.lockstep.examples.fraud;

import static dev.lockstep.examples.fraud.FraudFeatures.FRAUD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.testing.Parity;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.Explanation;
import dev.lockstep.testing.TestBench;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FraudFeaturesTest {
  private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");

  // region swipe
  private static Swipe swipe(long number, String card, double amount, Instant at) {
    return new Swipe("s" + number, number, card, "m1", amount, at, at.plusSeconds(1));
  }

  // endregion

  // region bench
  @Test
  void aCardsSwipesOfTheLastHourAreSummedWithTheOneThatAsks() {
    TestBench bench =
        TestBench.of(FRAUD)
            .send(
                new Account("c1", NINE, NINE, 2.5, 500),
                swipe(1, "c1", 20, NINE),
                swipe(2, "c1", 40, NINE.plus(Duration.ofMinutes(30))),
                swipe(3, "c2", 99, NINE.plus(Duration.ofMinutes(31))));

    Answer answer = bench.ask(swipe(4, "c1", 90, NINE.plus(Duration.ofMinutes(61))));

    assertEquals(130.0, answer.number("card_amount_sum_1h"));
    assertEquals(3.0, answer.number("amount_over_card_avg")); // 90 over the average of 20 and 40
    assertEquals(0.26, answer.number("credit_used_1h"));
    assertEquals(2.5, answer.number("ageYears"));
  }

  // endregion

  // region explain
  @Test
  void whatArrivesLateCountsFromThenOn() {
    Instant ten = NINE.plus(Duration.ofHours(1));
    Swipe delayed = new Swipe("s1", 1, "c1", "m1", 20, NINE, ten.plusSeconds(5));
    TestBench bench = TestBench.of(FRAUD).send(delayed);

    Answer before = bench.ask(swipe(2, "c1", 40, ten));
    assertEquals(1, before.integer("card_swipes_24h"));
    Explanation explained = before.explain("card_swipes_24h");
    assertEquals(
        List.of("known 2026-01-05T10:00:05Z, which isn't before the request", ""),
        explained.rows().stream().map(Explanation.Row::why).toList());

    assertEquals(3, bench.ask(swipe(3, "c1", 40, ten.plusSeconds(60))).integer("card_swipes_24h"));
  }

  // endregion

  @Test
  void aCardWithoutHistoryHasNoAverages() {
    Answer answer = TestBench.of(FRAUD).ask(swipe(1, "c9", 10, NINE));

    assertEquals(1, answer.integer("card_swipes_1h"));
    assertNull(answer.number("card_amount_avg_3d"));
    assertNull(answer.number("amount_over_card_avg"));
    assertNull(answer.number("creditLimit"));
  }

  @Test
  void whatIsSixHoursLateIsLeftOut() {
    Instant late = NINE.plus(Duration.ofHours(6)).plusMillis(1);
    String reason = TestBench.of(FRAUD).refusal(new Swipe("s1", 1, "c1", "m1", 20, NINE, late));

    assertTrue(reason.contains("by its receivedAt, PT6H0.001S after at; lateness PT6H"), reason);
  }

  // region parity
  @Test
  void batchAndStreamGiveTheSameBits() {
    Parity.Report report = Parity.check(FRAUD, 20_260_105);

    assertTrue(report.values() > 5_000, report.toString());
  }
  // endregion
}
