package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule of labels by itself, with values worked out by hand. */
class LabelTest {
  private static final Instant T = Instant.parse("2024-05-01T12:00:00Z");
  private static final Entity<String> CARD = Entity.string("card");
  private static final Entity<String> ID = Entity.string("id");
  private static final long NONE = Admission.NO_RECORD_TIMESTAMP;

  record Swipe(String id, String card, Double amount, Boolean disputed, Instant at) {}

  record Chargeback(String swipe, String card, Double lost, Instant at, Instant booked) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
  private static final EventSource<Chargeback> CHARGEBACKS =
      EventSource.of(Chargeback.class)
          .named("chargebacks")
          .eventTime(Chargeback::at)
          .availableAt(Chargeback::booked)
          .lateness(days(2));
  private static final Label.On<Chargeback> NAMED = Label.from(CHARGEBACKS).on(Chargeback::swipe);

  private static FeaturePlan plan(Label<?> label) {
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(SWIPES)
            .entity(CARD, Swipe::card)
            .request("amount", Swipe::amount),
        label);
  }

  private static Chargeback chargeback(double lost, Duration after, Duration bookedAfter) {
    return new Chargeback("a", "c", lost, T.plus(after), T.plus(bookedAfter));
  }

  private static Swipe swipe(String id, double amount, Duration after) {
    return new Swipe(id, "c", amount, null, T.plus(after));
  }

  /** The labels of the swipes in their order; kernel and oracle must agree. */
  private static List<@Nullable Object> labels(Label<?> label, Record... records) {
    FeaturePlan plan = plan(label);
    List<RecordedEvent> recorded = new ArrayList<>();
    for (Record record : records) {
      int source = record instanceof Swipe ? 0 : plan.label().orElseThrow().source();
      recorded.add(new RecordedEvent(source, record, NONE, 0));
    }
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> rows = oracle.admitted(recorded);
    assertEquals(records.length, rows.size(), "data errors");
    KernelRun run = new KernelRun(plan, rows);
    run.run(run.inKnowledgeOrder());
    List<@Nullable Object> labels = new ArrayList<>();
    for (OracleVector vector : oracle.vectors(rows)) {
      assertEquals(vector.label(), run.labels.get(vector.place()), () -> "request " + vector);
      labels.add(vector.label());
    }
    return labels;
  }

  private static final Swipe REQUEST = swipe("a", 10, Duration.ZERO);

  /** L1: of several events the first in knowledge order, whichever happened first. */
  @Test
  void l1TheFirstKnown() {
    Label<?> label = NAMED.is("lost", field(Chargeback::lost));
    assertEquals(
        List.of(2.0),
        labels(
            label, REQUEST, chargeback(1, hours(1), hours(9)), chargeback(2, hours(2), hours(8))));
    assertEquals(
        List.of(-5.0),
        labels(
            label, REQUEST, chargeback(1, hours(1), hours(9)), chargeback(-5, hours(-3), hours(8))),
        "without within an event of before counts too");
  }

  /** L1: of ties the earliest event time, then the least value. */
  @Test
  void l1Ties() {
    Label<?> label = NAMED.within(days(30)).is("lost", field(Chargeback::lost).negate());
    assertEquals(
        List.of(-4.0),
        labels(
            label,
            REQUEST,
            chargeback(3, hours(1), hours(9)),
            chargeback(4, hours(1), hours(9)),
            chargeback(9, hours(2), hours(9))));
  }

  /** L1: the value may read the request beside the event; without an event it is null. */
  @Test
  void l1OfEventAndRequest() {
    Label<?> wait =
        NAMED.within(days(30)).is("wait", field(Chargeback::at).secondsSince(request(Swipe::at)));
    assertEquals(
        Arrays.asList(7200.0, null),
        labels(
            wait,
            REQUEST,
            swipe("b", 10, hours(1)),
            chargeback(1, hours(2), hours(8)),
            chargeback(1, hours(1), hours(9))));
    Label<?> part =
        NAMED
            .within(days(30))
            .is("part", field(Chargeback::lost).dividedBy(request(Swipe::amount)).orElse(-1));
    assertEquals(
        Arrays.asList(0.25, null),
        labels(part, REQUEST, swipe("b", 10, hours(1)), chargeback(2.5, hours(2), hours(8))));
    assertEquals(
        List.of(-1.0),
        labels(part, swipe("a", 0, Duration.ZERO), chargeback(2.5, hours(2), hours(8))));
  }

  /** L2: both ends belong to the time in which an event counts; a microsecond beyond doesn't. */
  @Test
  void l2Within() {
    Label<?> label = NAMED.within(hours(5)).is("lost", field(Chargeback::lost));
    Duration micro = Duration.ofNanos(1_000);
    assertEquals(List.of(1.0), labels(label, REQUEST, chargeback(1, Duration.ZERO, hours(1))));
    assertEquals(List.of(2.0), labels(label, REQUEST, chargeback(2, hours(5), hours(50))));
    assertEquals(
        List.of(3.0),
        labels(
            label,
            REQUEST,
            chargeback(1, micro.negated(), hours(1)),
            chargeback(2, hours(5).plus(micro), hours(6)),
            chargeback(3, hours(4), hours(7))),
        "the first known of those in time");
  }

  /** L2: where nothing came in time, a value is null and whether it came is false. */
  @Test
  void l2NothingCame() {
    Chargeback late = chargeback(1, hours(6), hours(6));
    Label.Within<Chargeback> within = NAMED.within(hours(5));
    List<@Nullable Object> none = labels(within.is("lost", field(Chargeback::lost)), REQUEST, late);
    assertNull(none.get(0));
    assertEquals(List.of(false), labels(within.happened("fraud"), REQUEST, late));
    assertEquals(
        List.of(true),
        labels(within.happened("fraud"), REQUEST, late, chargeback(1, hours(1), hours(1))));
  }

  /** L2: of a condition any event in time, and a null is not true. */
  @Test
  void l2Happened() {
    Label<?> label =
        NAMED.within(hours(5)).happened("big", field(Chargeback::lost).greaterThan(100));
    Chargeback unknown = new Chargeback("a", "c", null, T, T);
    Chargeback small = chargeback(1, hours(1), hours(1));
    assertEquals(List.of(false), labels(label, REQUEST, unknown, small));
    assertEquals(
        List.of(true), labels(label, REQUEST, unknown, small, chargeback(101, hours(2), hours(9))));
  }

  /** L3: (t, t + d], whenever it became known; neither the request nor what is of its instant. */
  @Test
  void l3FutureWindow() {
    Label<?> spent =
        Label.of("spent", sum(Swipe::amount).over(next(hours(2))))
            .from(SWIPES)
            .by(CARD, Swipe::card);
    assertEquals(
        java.util.Arrays.asList(300.0, 300.0, 200.0, null),
        labels(
            spent,
            REQUEST,
            swipe("same", 20, Duration.ZERO),
            swipe("in", 100, Duration.ofNanos(1_000)),
            swipe("edge", 200, hours(2))));
    Label<?> count =
        Label.of("n", count().over(next(hours(2)))).from(CHARGEBACKS).by(CARD, Chargeback::card);
    assertEquals(
        List.of(1L),
        labels(
            count,
            REQUEST,
            chargeback(1, hours(2), hours(40)),
            chargeback(2, hours(2).plusNanos(1_000), hours(3)),
            chargeback(3, Duration.ZERO, hours(1))));
    assertEquals(List.of(0L), labels(count, REQUEST), "C7: of nothing");
  }

  /** L3: a request without a key has no label, not even a count of 0. */
  @Test
  void l3NoKey() {
    Label<?> count =
        Label.of("n", count().over(next(hours(2)))).from(CHARGEBACKS).by(CARD, Chargeback::card);
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(SWIPES)
                .with(
                    FeatureView.named("v")
                        .over(SWIPES)
                        .by(ID, Swipe::id)
                        .feature("x", count().over(last(hours(1)))))
                .entity(CARD, Swipe::card),
            count);
    List<SourceRow> rows =
        new NaiveOracle(plan)
            .admitted(List.of(new RecordedEvent(0, new Swipe("a", null, 1.0, null, T), NONE, 0)));
    assertNull(new NaiveOracle(plan).vectors(rows).get(0).label());
    KernelRun run = new KernelRun(plan, rows);
    run.run(run.inKnowledgeOrder());
    assertEquals(1, run.vectors.size());
    assertNull(run.labels.get(0));
  }

  /** L4: a field of the request's own record. */
  @Test
  void l4OwnField() {
    Label<?> label = Label.column("disputed", Swipe::disputed);
    assertEquals(
        java.util.Arrays.asList(true, null),
        labels(label, new Swipe("b", "c", 1.0, true, T), REQUEST));
    assertTrue(plan(label).label().orElseThrow().isColumn());
    assertEquals(0, plan(label).branches().size());
  }

  /** L5: mature once the label's time and the source's lateness have passed, and no earlier. */
  @Test
  void l5Maturity() {
    LabelPlan fraud = plan(NAMED.within(days(30)).happened("fraud")).label().orElseThrow();
    long t = Micros.of(T);
    long wait = Micros.of(days(32));
    assertEquals(OptionalLong.of(wait), fraud.maturityMicros());
    assertFalse(fraud.isMature(t, t + wait), "an event available then is not in the history");
    assertTrue(fraud.isMature(t, t + wait + 1));
    assertFalse(fraud.isMature(Long.MAX_VALUE - 1, Long.MAX_VALUE));
    assertTrue(
        plan(NAMED.is("lost", field(Chargeback::lost))).label().orElseThrow().isMature(t, 0));
    LabelPlan spent =
        plan(Label.of("spent", sum(Swipe::amount).over(next(hours(2))))
                .from(SWIPES)
                .by(CARD, Swipe::card))
            .label()
            .orElseThrow();
    assertEquals(OptionalLong.of(Micros.of(hours(26))), spent.maturityMicros());
  }
}
