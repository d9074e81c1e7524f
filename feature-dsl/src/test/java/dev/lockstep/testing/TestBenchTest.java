package dev.lockstep.testing;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Sensitive;
import dev.lockstep.define.Table;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestBenchTest {
  record Swipe(
      String id, @Nullable String card, @Nullable Double amount, boolean online, Instant at) {}

  record Account(String card, Instant from, Instant known, @Sensitive String tier) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class)
          .named("swipes")
          .id(Swipe::id)
          .eventTime(Swipe::at)
          .lateness(hours(6));

  private static final Entity<String> CARD = Entity.string("card");

  private static final Table<Account> ACCOUNTS =
      Table.of(Account.class)
          .named("accounts")
          .by(CARD, Account::card)
          .effectiveFrom(Account::from)
          .availableAt(Account::known);

  private static final FeatureSet<Swipe> SET =
      FeatureSet.named("bench_v1")
          .forEach(SWIPES)
          .request("amount", Swipe::amount)
          .with(
              FeatureView.named("activity")
                  .over(SWIPES)
                  .by(CARD, Swipe::card)
                  .feature("swipes_1h", count().over(last(hours(1))))
                  .feature(
                      "amount_avg_1h", avg(Swipe::amount).over(last(hours(1))).excludingRequest())
                  .feature(
                      "online_avg",
                      avg(Swipe::amount).where(field(Swipe::online)).over(lastEvents(3))))
          .lookup(ACCOUNTS, "tier")
          .derive("over_avg", request(Swipe::amount).dividedBy(feature("amount_avg_1h")));

  private static Swipe swipe(
      String id, @Nullable String card, @Nullable Double amount, String time) {
    return new Swipe(id, card, amount, false, Instant.parse("2026-01-01T" + time + "Z"));
  }

  private static Instant time(String time) {
    return Instant.parse("2026-01-01T" + time + "Z");
  }

  @Test
  void aRequestIsAnsweredFromWhatWasKnownByThen() {
    Answer answer =
        TestBench.of(SET)
            .at("2026-01-01T10:00:01Z")
            .send(swipe("a", "c1", 10.0, "10:00:00"), swipe("b", "c2", 99.0, "10:00:00"))
            .at("2026-01-01T10:20:00Z")
            .send(swipe("c", "c1", 20.0, "10:19:59"))
            .at("2026-01-01T10:30:00Z")
            .ask(swipe("d", "c1", 30.0, "10:29:59"));

    assertEquals(3L, answer.integer("swipes_1h"));
    assertEquals(15.0, answer.number("amount_avg_1h"));
    assertEquals(2.0, answer.number("over_avg"));
    assertEquals(null, answer.text("tier"));
    assertEquals("c1", answer.entities().get("card"));
    assertEquals(
        List.of("amount", "swipes_1h", "amount_avg_1h", "online_avg", "tier", "over_avg"),
        List.copyOf(answer.values().keySet()));
  }

  @Test
  void withoutAClockRecordsAreAHistorys() {
    TestBench bench = TestBench.of(SET);
    bench.send(swipe("a", "c1", 10.0, "10:00:00"), swipe("b", "c1", 20.0, "09:00:00"));

    assertEquals(2L, bench.ask(swipe("c", "c1", 1.0, "09:30:00")).integer("swipes_1h"));
  }

  @Test
  void whatBecameKnownAtTheRequestsInstantAndSentAfterItIsNotKnown() {
    TestBench bench = TestBench.of(SET).at("2026-01-01T10:00:00Z");

    assertEquals(1L, bench.ask(swipe("a", "c1", 1.0, "10:00:00")).integer("swipes_1h"));
    assertEquals(2L, bench.ask(swipe("b", "c1", 1.0, "10:00:00")).integer("swipes_1h"));
  }

  @Test
  void explainSaysOfEachEventWhyItIsInOrOut() {
    TestBench bench =
        TestBench.of(SET)
            .at("2026-01-01T10:00:00Z")
            .send(
                swipe("old", "c1", 1.0, "09:29:59"),
                swipe("in", "c1", 2.0, "09:30:00"),
                swipe("other", "c2", 3.0, "10:00:00"),
                swipe("null", "c1", null, "10:00:00"),
                swipe("later", "c1", 4.0, "10:03:00"));
    bench.refusal(swipe("late", "c1", 5.0, "03:59:00"));
    bench.send(swipe("in", "c1", 2.0, "09:30:00"));
    Answer answer = bench.at("2026-01-01T10:30:00Z").ask(swipe("r", "c1", 9.0, "10:29:59.999999"));

    Explanation explained = answer.explain("amount_avg_1h");
    assertEquals(
        List.of("in", "later"), explained.counted().stream().map(r -> ((Swipe) r).id()).toList());
    assertEquals(
        """
        old: the window begins after 2026-01-01T09:29:59.999999Z
        in:\s
        other: of another card, c2
        null: what is read is null
        later:\s
        late: refused: available 2026-01-01T10:00:00Z by its record timestamp, 6 h 1 min after at; lateness 6 h
        in: a copy of id in
        r: the request's own event, which is excluded
        """,
        explained.rows().stream()
            .map(r -> ((Swipe) r.record()).id() + ": " + r.why() + "\n")
            .collect(Collectors.joining()));
    String text = explained.toString();
    assertTrue(
        text.startsWith(
            "amount_avg_1h = 3.0: avg(amount) over last(1h), excluding the request by card;"
                + " asked for c1, happened 2026-01-01T10:29:59.999999Z"),
        text);
    assertTrue(text.contains("in   happened 2026-01-01T09:30:00Z, known"), text);
    assertTrue(text.contains("amount=2.0"), text);
  }

  @Test
  void explainNamesTheFieldsThatAnExpressionReads() {
    TestBench bench = TestBench.of(SET).at("2026-01-01T10:00:00Z");
    bench.send(swipe("a", "c1", 10.0, "10:00:00"));
    Answer answer = bench.ask(swipe("b", "c1", 5.0, "10:00:00"));

    Explanation explained = answer.explain("over_avg");
    assertEquals(0.5, explained.value());
    assertEquals(
        List.of("amount_avg_1h"), explained.parts().stream().map(Explanation::feature).toList());
  }

  @Test
  void aConditionAndWhatTheWindowHoldsNoMoreAreSaid() {
    TestBench bench = TestBench.of(SET).at("2026-01-01T10:00:00Z");
    for (int i = 0; i < 4; i++) {
      bench.send(new Swipe("s" + i, "c1", 1.0, i != 2, time("10:00:0" + i)));
    }
    Answer answer = bench.ask(swipe("r", "c1", 5.0, "10:00:09"));

    assertEquals(
        List.of(
            "not among the newest that the window holds",
            "not among the newest that the window holds",
            "its condition is false",
            "",
            "its condition is false"),
        answer.explain("online_avg").rows().stream().map(Explanation.Row::why).toList());
  }

  @Test
  void aTablesVersionsAreExplainedWithoutWhatIsSensitive() {
    TestBench bench =
        TestBench.of(SET)
            .send(
                new Account("c1", time("08:00:00"), time("08:00:00"), "gold"),
                new Account("c1", time("09:00:00"), time("09:00:00"), "blue"),
                new Account("c1", time("09:30:00"), time("23:00:00"), "grey"),
                new Account("c1", time("11:00:00"), time("08:00:00"), "pink"),
                new Account("c2", time("08:00:00"), time("08:00:00"), "red"));
    Answer answer = bench.ask(swipe("r", "c1", 5.0, "10:00:00"));

    assertEquals("blue", answer.text("tier"));
    Explanation explained = answer.explain("tier");
    assertEquals(
        List.of(
            "a later version counts",
            "",
            "known 2026-01-01T23:00:00Z, which isn't before the request",
            "in effect from 2026-01-01T11:00:00Z, after the request",
            "of c2"),
        explained.rows().stream().map(Explanation.Row::why).toList());
    assertFalse(explained.rows().toString().contains("gold"), explained.toString());
  }

  @Test
  void whatCannotBeUsedIsRefusedWithItsReason() {
    TestBench bench = TestBench.of(SET).at("2026-01-01T10:00:00Z");

    assertTrue(bench.refusal(swipe("a", null, 1.0, "10:00:00")).contains("every key"));
    assertTrue(bench.refusal(swipe("b", "c1", 1.0, "11:00:00")).contains("clock skew"));
    AssertionError late =
        assertThrows(AssertionError.class, () -> bench.send(swipe("c", "c1", 1.0, "02:00:00")));
    assertTrue(late.getMessage().contains("swipes refuses"), late.getMessage());
    assertThrows(AssertionError.class, () -> bench.refusal(swipe("d", "c1", 1.0, "10:00:00")));
    assertEquals(2L, bench.ask(swipe("e", "c1", 1.0, "10:00:00")).integer("swipes_1h"));
  }

  @Test
  void aCopyIsNotAnsweredAgain() {
    TestBench bench = TestBench.of(SET).at("2026-01-01T10:00:00Z");
    Swipe swipe = swipe("a", "c1", 1.0, "10:00:00");
    bench.ask(swipe);

    AssertionError copy = assertThrows(AssertionError.class, () -> bench.ask(swipe));
    assertTrue(copy.getMessage().contains("a copy of id a"), copy.getMessage());
  }

  @Test
  void mistakesOfATestAreSaidWithTheirCure() {
    TestBench bench = TestBench.of(SET).at("2026-01-01T10:00:00Z");
    Answer answer = bench.ask(swipe("a", "c1", 1.0, "10:00:00"));

    assertMessage("has no feature [swipes]; it has [amount,", () -> answer.number("swipes"));
    assertMessage("[tier] is a STRING and not a number", () -> answerWithTier().number("tier"));
    assertMessage("can't go back", () -> bench.at("2026-01-01T09:00:00Z"));
    assertMessage("write it as 2026-01-01T10:00:00Z", () -> bench.at("10:00"));
    assertMessage("reads no Stranger", () -> bench.send(new Stranger(1)));
    assertMessage(
        "ask with a Swipe",
        () -> bench.ask(new Account("c1", time("08:00:00"), time("08:00:00"), "gold")));
  }

  record Stranger(int x) {}

  private static Answer answerWithTier() {
    return TestBench.of(SET)
        .send(new Account("c1", time("08:00:00"), time("08:00:00"), "gold"))
        .ask(swipe("z", "c1", 1.0, "10:00:00"));
  }

  private static void assertMessage(String part, Runnable mistake) {
    var thrown = assertThrows(IllegalArgumentException.class, mistake::run);
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
  }
}
