package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.first;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Sensitive;
import dev.lockstep.define.Table;
import dev.lockstep.define.Window;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule of the contract that the kernel keeps, by itself, with values worked out by hand. */
class ContractTest {
  private static final Instant T = Instant.parse("2024-05-01T12:00:00Z");
  private static final Entity<String> CARD = Entity.string("card");
  private static final long NONE = Admission.NO_RECORD_TIMESTAMP;

  record Swipe(
      String id, String card, Double amount, Long points, Instant at, Instant known, Long seq) {}

  record Refund(String card, Double amount, Instant at) {}

  record Account(String card, Instant since, Instant stamped, Boolean gone, Double limit) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at).availableAt(Swipe::known);
  private static final EventSource<Swipe> SEQUENCED = SWIPES.sequence(Swipe::seq);
  private static final EventSource<Refund> REFUNDS =
      EventSource.of(Refund.class).named("refunds").eventTime(Refund::at);

  private static FeatureView<Swipe> byCard(EventSource<Swipe> source) {
    return FeatureView.named("by_card").over(source).by(CARD, Swipe::card);
  }

  private static Window tenMinutes() {
    return Window.last(minutes(10));
  }

  private static FeatureSet<Swipe> counting(EventSource<Swipe> source) {
    return FeatureSet.named("s")
        .forEach(source)
        .with(byCard(source).feature("n", count().over(tenMinutes())));
  }

  private static Swipe swipe(double amount, Instant at, Instant known, long seq) {
    return new Swipe("id" + amount, "c", amount, (long) amount, at, known, seq);
  }

  private static Swipe swipe(double amount, Instant at) {
    return swipe(amount, at, at, 0);
  }

  private static RecordedEvent history(int source, Record value) {
    return new RecordedEvent(source, value, NONE, 0);
  }

  /** The vectors of the requests by place; kernel and oracle must agree, in two orders. */
  private static Map<Integer, Values> run(FeatureSet<?> set, RecordedEvent... events) {
    FeaturePlan plan = FeaturePlan.of(set);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> rows = oracle.admitted(List.of(events));
    assertEquals(events.length, rows.size(), "data errors");
    Map<Integer, Values> expected = new java.util.TreeMap<>();
    for (OracleVector vector : oracle.vectors(rows)) {
      expected.put(vector.place(), vector.values());
    }
    KernelRun run = new KernelRun(plan, rows);
    run.run(run.inKnowledgeOrder());
    Map<Integer, Values> actual = new java.util.TreeMap<>();
    run.vectors.forEach((place, vector) -> actual.put(place, vector.values()));
    assertEquals(expected, actual);
    return actual;
  }

  private static Map<Integer, Values> swipes(FeatureSet<?> set, Swipe... swipes) {
    RecordedEvent[] events = new RecordedEvent[swipes.length];
    for (int i = 0; i < swipes.length; i++) {
      events[i] = history(0, swipes[i]);
    }
    return run(set, events);
  }

  private static SourceRow admit(EventSource<Swipe> source, Swipe swipe, long recordTimestamp) {
    FeaturePlan plan = FeaturePlan.of(counting(source));
    return RowIntake.of(plan, plan.sources().get(0)).admit(swipe, recordTimestamp, 5, 0);
  }

  private static long micros(Instant instant) {
    return dev.lockstep.time.Micros.of(instant);
  }

  /** C9: which of tied copies is the event is the record's affair, not the plan's. */
  @Test
  void tiedCopiesAreOrderedAsTheRecordDeclaresItsColumns() {
    EventSource<Swipe> source = SWIPES.id(Swipe::id);
    FeatureView<Swipe> view = byCard(source);
    Window window = tenMinutes();
    var points = sum(Swipe::points).over(window);
    var amount = sum(Swipe::amount).over(window);
    // By amount, which comes first in the record, the first copy is the event; by points the other.
    Swipe one = new Swipe("a", "c", 1.0, 20L, T, T, 0L);
    Swipe two = new Swipe("a", "c", 2.0, 10L, T, T, 0L);
    for (FeatureView<Swipe> of :
        List.of(
            view.feature("amount", amount).feature("points", points),
            view.feature("points", points).feature("amount", amount))) {
      Map<Integer, Values> answers =
          swipes(FeatureSet.named("s").forEach(source).with(of), two, one);
      Values answer = answers.get(1);
      List<Object> values = new ArrayList<>(List.of(answer.get(0), answer.get(1)));
      assertEquals(1, answers.size());
      assertTrue(values.containsAll(List.of(1.0, 20L)), values.toString());
    }
  }

  /** C1: the later of the source's own availability and the record timestamp. */
  @Test
  void c1AvailabilityIsTheLaterOfTheTwo() {
    Swipe swipe = swipe(1, T, T.plusSeconds(60), 0);
    assertEquals(micros(T.plusSeconds(60)), admit(SWIPES, swipe, NONE).availableAtMicros());
    assertEquals(micros(T.plusSeconds(60)), admit(SWIPES, swipe, micros(T)).availableAtMicros());
    assertEquals(
        micros(T.plusSeconds(61)),
        admit(SWIPES, swipe, micros(T.plusSeconds(61))).availableAtMicros());
  }

  /** C1: without a rule the record timestamp, and in history that carries none the event time. */
  @Test
  void c1AvailabilityWithoutARule() {
    EventSource<Swipe> plain = EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at);
    Swipe swipe = swipe(1, T, T, 0);
    assertEquals(micros(T), admit(plain, swipe, NONE).availableAtMicros());
    assertEquals(
        micros(T.plusSeconds(9)),
        admit(plain, swipe, micros(T.plusSeconds(9))).availableAtMicros());
  }

  /** C5: a record timestamp that nobody's clock gave is a data error, on every path. */
  @Test
  void c5RecordTimestampsAreWithin1990To2100() {
    Instant first = Instant.parse("1990-01-01T00:00:00Z");
    Instant end = Instant.parse("2100-01-01T00:00:00Z");
    EventSource<Swipe> plain =
        EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at).lateness(days(40_000));
    NaiveOracle oracle = new NaiveOracle(FeaturePlan.of(counting(plain)));
    Swipe swipe = swipe(1, Instant.parse("1989-12-31T12:00:00Z"));
    for (long good : List.of(NONE, micros(first), micros(end) - 1)) {
      assertEquals(1, oracle.admitted(List.of(new RecordedEvent(0, swipe, good, 0))).size());
      admit(plain, swipe, good);
    }
    for (long bad : List.of(micros(first) - 1, micros(end), 0L, -1L, Long.MAX_VALUE)) {
      assertEquals(0, oracle.admitted(List.of(new RecordedEvent(0, swipe, bad, 0))).size());
      DataException refused =
          assertThrows(DataException.class, () -> admit(plain, swipe, bad), () -> "at " + bad);
      assertTrue(refused.getMessage().contains("is not within 1990 to 2100 in milliseconds"));
    }
    FeatureSet<Swipe> joined = counting(plain).asOfEventTime();
    assertEquals(
        1,
        new NaiveOracle(FeaturePlan.of(joined))
            .admitted(List.of(new RecordedEvent(0, swipe, 0, 0)))
            .size(),
        "C16 ignores record timestamps");
  }

  /** C5: available further ahead of its record timestamp than the source says that it may be. */
  @Test
  void c5AvailabilityIsNoFurtherAheadThanDeclared() {
    EventSource<Swipe> bounded = SWIPES.availableAhead(hours(1));
    Swipe swipe = swipe(1, T, T.plusSeconds(3_600), 0);
    Swipe later = swipe(1, T, T.plusSeconds(3_600).plusNanos(1_000), 0);
    NaiveOracle oracle = new NaiveOracle(FeaturePlan.of(counting(bounded)));
    assertEquals(micros(T) + 3_600_000_000L, admit(bounded, swipe, micros(T)).availableAtMicros());
    assertTrue(oracle.admitted(new RecordedEvent(0, swipe, micros(T), 0)).isPresent());
    assertTrue(oracle.admitted(new RecordedEvent(0, later, micros(T), 0)).isEmpty());
    assertEquals(
        "[known] is 2024-05-01T13:00:00.000001Z, which is further than the declared 1 h"
            + " (availableAhead) ahead of its record timestamp 2024-05-01T12:00:00Z",
        assertThrows(DataException.class, () -> admit(bounded, later, micros(T))).getMessage());
    // Without a record timestamp, or a bound, nothing is ahead of anything.
    assertTrue(oracle.admitted(history(0, later)).isPresent());
    admit(bounded, later, NONE);
    admit(SWIPES, later, micros(T));
    assertTrue(oracle.admitted(new RecordedEvent(0, later, micros(T) + 1_000, 0)).isPresent());
    String text = FeaturePlan.of(counting(bounded)).text();
    assertTrue(text.contains("clock_skew 300000000 available_ahead 3600000000"), text);
    assertFalse(FeaturePlan.of(counting(SWIPES)).text().contains("available_ahead"));
    assertFalse(
        FeaturePlan.of(counting(bounded).asOfEventTime()).text().contains("available_ahead"));
  }

  /** C4: a late event's reason says by which clock, how late, and what the bound is. */
  @Test
  void c4ReasonsHaveFigures() {
    EventSource<Swipe> source = SWIPES.lateness(hours(6));
    Instant monday = T.plus(days(953)).plusSeconds(7_200);
    assertEquals(
        "available 2026-12-10T14:00:00Z by its record timestamp, 953 days 2 h after at;"
            + " lateness 6 h",
        lateness(source, swipe(1, T), micros(monday)));
    assertEquals(
        "available 2024-05-01T18:00:00.000001Z by its known, PT6H0.000001S after at;"
            + " lateness PT6H",
        lateness(source, swipe(1, T, T.plusSeconds(21_600).plusNanos(1_000), 0), NONE));
    assertNull(lateness(source, swipe(1, T, T.plusSeconds(21_600), 0), micros(T)));
  }

  private static String lateness(EventSource<Swipe> source, Swipe swipe, long recordTimestamp) {
    FeaturePlan plan = FeaturePlan.of(counting(source));
    RowIntake door = RowIntake.of(plan, plan.sources().get(0));
    return door.lateness(door.admit(swipe, recordTimestamp, 5, 0));
  }

  record Patient(String card, @Sensitive Instant at, Instant known) {}

  /** C13: what is sensitive isn't told by how late it is, either. */
  @Test
  void c4ReasonsShowNoSensitiveTimes() {
    EventSource<Patient> source =
        EventSource.of(Patient.class)
            .named("patients")
            .eventTime(Patient::at)
            .availableAt(Patient::known)
            .lateness(hours(6));
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(source)
                .with(
                    FeatureView.named("v")
                        .over(source)
                        .by(CARD, Patient::card)
                        .feature("n", count().over(tenMinutes()))));
    RowIntake door = RowIntake.of(plan, plan.sources().get(0));
    assertEquals(
        "available by its known, too long after at; lateness 6 h",
        door.lateness(door.admit(new Patient("c", T, T.plus(days(1))), NONE, 0, 0)));
  }

  /** C7: state is kept by keys and ids, so they are no documents. */
  @Test
  void c7PartsOfKeysAndIdsAreShort() {
    EventSource<Swipe> named = SWIPES.id(Swipe::id);
    NaiveOracle oracle = new NaiveOracle(FeaturePlan.of(counting(named)));
    String most = "k".repeat(4_096);
    Swipe longest = new Swipe(most, most, 1.0, 1L, T, T, 0L);
    Swipe longId = new Swipe(most + "k", "c", 1.0, 1L, T, T, 0L);
    Swipe longKey = new Swipe("i", most + "k", 1.0, 1L, T, T, 0L);
    assertEquals(
        1,
        oracle
            .admitted(List.of(history(0, longest), history(0, longId), history(0, longKey)))
            .size());
    admit(named, longest, NONE);
    assertEquals(
        "[id] has 4097 characters: an id has at most 4096",
        assertThrows(DataException.class, () -> admit(named, longId, NONE)).getMessage());
    assertEquals(
        "[card] has 4097 characters: a part of a key has at most 4096",
        assertThrows(DataException.class, () -> admit(named, longKey, NONE)).getMessage());
  }

  /** C2: the declared sequence, else the position. */
  @Test
  void c2Sequence() {
    assertEquals(5, admit(SWIPES, swipe(1, T, T, 3), NONE).sequence());
    assertEquals(3, admit(SEQUENCED, swipe(1, T, T, 3), NONE).sequence());
  }

  /** C2: an event that is available later than the request is not known to it. */
  @Test
  void c2LaterAvailabilityIsNotKnown() {
    Map<Integer, Values> values =
        swipes(
            counting(SWIPES),
            swipe(1, T, T.plusSeconds(120), 0),
            swipe(2, T.plusSeconds(60)),
            swipe(3, T.plusSeconds(121)));
    assertEquals(1L, values.get(1).get(0));
    assertEquals(3L, values.get(2).get(0));
  }

  /** C2: at the same instant only with a lesser sequence; the request's own event always. */
  @Test
  void c2SameInstantBySequence() {
    Swipe[] tied = {swipe(1, T, T, 2), swipe(2, T, T, 1), swipe(3, T, T, 3), swipe(4, T, T, 2)};
    Map<Integer, Values> sequenced = swipes(counting(SEQUENCED), tied);
    assertEquals(2L, sequenced.get(0).get(0));
    assertEquals(1L, sequenced.get(1).get(0));
    assertEquals(4L, sequenced.get(2).get(0));
    assertEquals(2L, sequenced.get(3).get(0), "equal sequences don't know each other");
    Map<Integer, Values> unsequenced = swipes(counting(SWIPES), tied);
    assertEquals(1L, unsequenced.get(2).get(0), "history without a sequence");
  }

  /** C2: the sequences of two sources can't be compared. */
  @Test
  void c2SameInstantOfAnotherSourceIsNotKnown() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(SEQUENCED)
            .entity(CARD, Swipe::card)
            .with(
                FeatureView.named("refunds_by_card")
                    .over(REFUNDS)
                    .by(CARD, Refund::card)
                    .feature("n", count().over(tenMinutes()).excludingRequest()));
    Map<Integer, Values> values =
        run(
            set,
            history(1, new Refund("c", 1.0, T)),
            history(0, swipe(1, T, T, 9)),
            history(0, swipe(1, T, T.plusNanos(1_000), 9)));
    assertEquals(0L, values.get(1).get(0));
    assertEquals(1L, values.get(2).get(0), "excludingRequest leaves out nothing of another source");
  }

  /** C3: an event exactly the window's length old has left; a microsecond less, and it is in. */
  @Test
  void c3HalfOpen() {
    Instant end = T.plusSeconds(600);
    Map<Integer, Values> values =
        swipes(counting(SWIPES), swipe(1, T), swipe(2, end.minusNanos(1_000)), swipe(3, end));
    assertEquals(2L, values.get(1).get(0));
    assertEquals(2L, values.get(2).get(0));
  }

  /** C3: an event that happened after the request is not in its window, known or not. */
  @Test
  void c3FutureEventsAreNotInTheWindow() {
    Map<Integer, Values> values =
        swipes(
            counting(SWIPES),
            swipe(1, T.plusNanos(1_000), T.plusNanos(1_000), 0),
            swipe(2, T, T.plusSeconds(5), 0));
    assertEquals(1L, values.get(1).get(0));
  }

  /** C3: the own event is in the window unless the feature says excludingRequest(). */
  @Test
  void c3ExcludingRequest() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(SWIPES)
            .with(
                byCard(SWIPES)
                    .feature("with", sum(Swipe::amount).over(tenMinutes()))
                    .feature("without", sum(Swipe::amount).over(tenMinutes()).excludingRequest()));
    Map<Integer, Values> values = swipes(set, swipe(1, T), swipe(2, T.plusSeconds(1)));
    assertEquals(1.0, values.get(0).get(0));
    assertNull(values.get(0).get(1), "C7: nothing to aggregate");
    assertEquals(3.0, values.get(1).get(0));
    assertEquals(1.0, values.get(1).get(1));
  }

  /** C3: the own event is there only where the request asks for the key it is an event of. */
  @Test
  void c3OwnEventOnlyAtItsOwnKey() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(SWIPES)
            .entity(CARD, Swipe::id)
            .with(byCard(SWIPES).feature("n", count().over(tenMinutes())));
    Swipe other = new Swipe("x", "c", 1.0, 1L, T, T, 0L);
    Swipe same = new Swipe("c", "c", 1.0, 1L, T.plusSeconds(1), T.plusSeconds(1), 0L);
    Map<Integer, Values> values = swipes(set, other, same);
    assertEquals(0L, values.get(0).get(0));
    assertEquals(2L, values.get(1).get(0));
  }

  /** C3: the order is (event time, availability, sequence, value), not that of arrival. */
  @Test
  void c3OrderInsideAWindow() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(SEQUENCED)
            .with(
                byCard(SEQUENCED)
                    .feature("first", first(Swipe::amount).over(tenMinutes()))
                    .feature("last", last(Swipe::amount).over(tenMinutes())));
    Instant later = T.plusSeconds(1);
    Map<Integer, Values> values =
        swipes(
            set,
            swipe(5, T, T, 7),
            swipe(4, T, T, 7),
            swipe(6, T, T, 8),
            swipe(7, T.minusSeconds(1), later, 0),
            swipe(8, T, later, 0),
            swipe(1, T, T.plusSeconds(2), 0));
    assertEquals(7.0, values.get(5).get(0), "the earliest event time, whenever it became known");
    assertEquals(1.0, values.get(5).get(1), "of equal event times the latest availability");
    assertEquals(4.0, values.get(2).get(0), "of ties the least value");
    assertEquals(6.0, values.get(2).get(1), "the greatest sequence");
  }

  /** C4: more than the lateness behind is late; exactly the lateness is not. */
  @Test
  void c4Lateness() {
    EventSource<Swipe> source = SWIPES.lateness(minutes(1));
    FeaturePlan plan = FeaturePlan.of(counting(source));
    Admission admission = new Admission(plan.sources().get(0));
    assertFalse(admission.isLate(admit(source, swipe(1, T, T.plusSeconds(60), 0), NONE)));
    assertTrue(
        admission.isLate(admit(source, swipe(1, T, T.plusSeconds(60).plusNanos(1_000), 0), NONE)));
    Map<Integer, Values> values =
        swipes(
            counting(source),
            swipe(1, T, T.plusSeconds(61), 0),
            swipe(2, T, T.plusSeconds(60), 0),
            swipe(3, T.plusSeconds(62)));
    assertEquals(List.of(1, 2), List.copyOf(values.keySet()), "a late request gets no vector");
    assertEquals(2L, values.get(2).get(0), "a late event changes nothing");
  }

  /** C4: a usable late request is answered as of its own time. */
  @Test
  void c4LateRequestsAreAnsweredAsOfTheirOwnTime() {
    Map<Integer, Values> values =
        swipes(
            counting(SWIPES),
            swipe(1, T),
            swipe(2, T.plusSeconds(300)),
            swipe(3, T.plusSeconds(700)),
            swipe(4, T.plusSeconds(300), T.plusSeconds(800), 0),
            swipe(5, T.plusSeconds(800).plusNanos(1_000)));
    assertEquals(3L, values.get(3).get(0));
    assertEquals(4L, values.get(4).get(0));
  }

  /** C4, C13: an event time beyond the clock skew is a data error; at the skew it is not. */
  @Test
  void c4ClockSkew() {
    EventSource<Swipe> source = SWIPES.clockSkew(minutes(5));
    Instant atTheSkew = T.plusSeconds(300);
    assertEquals(
        micros(atTheSkew), admit(source, swipe(1, atTheSkew, T, 0), micros(T)).eventTimeMicros());
    assertEquals(
        micros(atTheSkew), admit(source, swipe(1, atTheSkew, T, 0), NONE).eventTimeMicros());
    Swipe beyond = swipe(1, atTheSkew.plusNanos(1_000), T.plusSeconds(9_999), 0);
    assertEquals(
        "event time 2024-05-01T12:05:00.000001Z is further than the declared clock skew ahead of its"
            + " record timestamp 2024-05-01T12:00:00Z",
        assertThrows(DataException.class, () -> admit(source, beyond, micros(T))).getMessage());
    assertEquals(
        micros(atTheSkew) + 1,
        admit(source, beyond, NONE).eventTimeMicros(),
        "without a record timestamp the availability counts");
  }

  /** C13: a missing id, time or sequence is a data error that names the column. */
  @Test
  void c13MissingValues() {
    EventSource<Swipe> source = SEQUENCED.id(Swipe::id);
    assertEquals("no id: [id] is null", refused(source, new Swipe(null, "c", 1.0, 1L, T, T, 0L)));
    assertEquals(
        "no event time: [at] is null", refused(source, new Swipe("i", "c", 1.0, 1L, null, T, 0L)));
    assertEquals(
        "no available at: [known] is null",
        refused(source, new Swipe("i", "c", 1.0, 1L, T, null, 0L)));
    assertEquals(
        "no sequence: [seq] is null", refused(source, new Swipe("i", "c", 1.0, 1L, T, T, null)));
  }

  private static String refused(EventSource<Swipe> source, Swipe swipe) {
    return assertThrows(DataException.class, () -> admit(source, swipe, NONE)).getMessage();
  }

  /** C6: sums are exact and rounded once: a plain loop gives 0.0 here. */
  @Test
  void c6SumsAreExact() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(SWIPES)
            .with(
                byCard(SWIPES)
                    .feature("sum", sum(Swipe::amount).over(tenMinutes()))
                    .feature("avg", avg(Swipe::amount).over(tenMinutes()))
                    .feature("points", sum(Swipe::points).over(tenMinutes()))
                    .feature("points_avg", avg(Swipe::points).over(tenMinutes()))
                    .feature("deviation", stddev(Swipe::amount).over(tenMinutes())));
    Swipe[] cancelling = {
      points(1e300, Long.MAX_VALUE, 0),
      points(1.0, Long.MAX_VALUE, 1),
      points(-1e300, Long.MAX_VALUE, 2),
      points(Double.MAX_VALUE, 1, 3),
      points(Double.MAX_VALUE, 1, 4),
    };
    Map<Integer, Values> values = swipes(set, cancelling);
    assertEquals(1.0, values.get(2).get(0));
    assertEquals(1.0 / 3, values.get(2).get(1));
    assertNull(values.get(2).get(2), "3 x 2^63 doesn't fit: null, nothing wraps");
    assertEquals(9223372036854775807.0, values.get(2).get(3));
    assertNull(values.get(4).get(0), "beyond the range of doubles: null");
    assertEquals(Double.MAX_VALUE / 5 * 2, values.get(4).get(1), "the mean still fits");
    assertNull(values.get(4).get(4), "a variance beyond the range: null");
  }

  private static Swipe points(double amount, long points, int second) {
    Instant at = T.plusSeconds(second);
    return new Swipe("i", "c", amount, points, at, at, 0L);
  }

  /** C6: NaN and infinity are null, -0.0 is 0.0. */
  @Test
  void c6CanonicalDoubles() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(SWIPES)
            .with(
                byCard(SWIPES)
                    .feature("n", distinct(Swipe::amount).over(tenMinutes()))
                    .feature("least", min(Swipe::amount).over(tenMinutes()))
                    .feature("last", last(Swipe::amount).over(tenMinutes())));
    Map<Integer, Values> values =
        swipes(
            set,
            points(0.0, 1, 0),
            points(-0.0, 1, 1),
            points(Double.NaN, 1, 2),
            points(Double.NEGATIVE_INFINITY, 1, 3));
    assertEquals(1L, values.get(3).get(0));
    assertEquals(0L, Double.doubleToRawLongBits(values.get(3).getDouble(1)));
    assertEquals(0.0, values.get(3).get(2));
  }

  /** C7: nulls count for count() alone; over nothing counts are 0, all else is null. */
  @Test
  void c7NullsAndEmpties() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(SWIPES)
            .entity(CARD, Swipe::card)
            .with(
                byCard(SWIPES)
                    .feature("n", count().over(tenMinutes()))
                    .feature("kinds", distinct(Swipe::amount).over(tenMinutes()))
                    .feature("sum", sum(Swipe::amount).over(tenMinutes()))
                    .feature("avg", avg(Swipe::amount).over(tenMinutes()))
                    .feature("least", min(Swipe::amount).over(tenMinutes()))
                    .feature("most", max(Swipe::amount).over(tenMinutes()))
                    .feature("deviation", stddev(Swipe::amount).over(tenMinutes()))
                    .feature("first", first(Swipe::amount).over(tenMinutes()))
                    .feature("last", last(Swipe::amount).over(tenMinutes())),
                FeatureView.named("by_id")
                    .over(SWIPES)
                    .by(Entity.string("id"), Swipe::id)
                    .feature("of_id", count().over(tenMinutes())));
    Map<Integer, Values> values =
        swipes(
            set,
            new Swipe("i", "c", null, 1L, T, T, 0L),
            new Swipe("i", "c", 2.0, 1L, T.plusSeconds(1), T.plusSeconds(1), 0L),
            new Swipe("i", null, 2.0, 1L, T.plusSeconds(2), T.plusSeconds(2), 0L));
    assertEquals("[1, 0, null, null, null, null, null, null, null, 1]", values.get(0).toString());
    assertEquals("[2, 1, 2.0, 2.0, 2.0, 2.0, null, 2.0, 2.0, 2]", values.get(1).toString());
    assertEquals(
        "[0, 0, null, null, null, null, null, null, null, 3]",
        values.get(2).toString(),
        "a null key of one of several entities leaves that entity's features empty");
  }

  /** C13: a row without any key is a data error, not a vector of nulls. */
  @Test
  void c13Keyless() {
    assertEquals(Map.of(), swipes(counting(SWIPES), new Swipe("i", null, 1.0, 1L, T, T, 0L)));
  }

  /**
   * C9: the first copy in knowledge order is the event, within the lateness; others are nothing.
   */
  @Test
  void c9Duplicates() {
    EventSource<Swipe> source = SEQUENCED.id(Swipe::id).lateness(minutes(5));
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(source)
            .with(byCard(source).feature("sum", sum(Swipe::amount).over(Window.last(hours(1)))));
    Map<Integer, Values> values =
        swipes(
            set,
            copy(8, "c", 20, 0),
            copy(2, "c", 10, 1),
            copy(4, "c", 10, 0),
            copy(16, "d", 30, 0),
            copy(32, "c", 310, 0),
            copy(64, "c", 311, 0),
            new Swipe("other", "c", 0.0, 0L, T.plusSeconds(400), T.plusSeconds(400), 0L));
    assertEquals(List.of(2, 5, 6), List.copyOf(values.keySet()));
    assertEquals(4.0, values.get(2).get(0));
    assertEquals(68.0, values.get(5).get(0), "a microsecond beyond the lateness is a new event");
    assertEquals(68.0, values.get(6).get(0));
  }

  private static Swipe copy(double amount, String card, int second, long seq) {
    Instant at = T.plusSeconds(second);
    return new Swipe("copied", card, amount, 0L, at, at, seq);
  }

  private static final Table<Account> ACCOUNTS =
      Table.of(Account.class)
          .named("accounts")
          .by(CARD, Account::card)
          .effectiveFrom(Account::since)
          .availableAt(Account::stamped)
          .deleted(Account::gone);

  private static Object limitAt(Instant request, Account... versions) {
    List<RecordedEvent> events = new ArrayList<>();
    for (Account version : versions) {
      events.add(history(1, version));
    }
    events.add(history(0, swipe(1, request)));
    FeatureSet<Swipe> set =
        FeatureSet.named("s").forEach(SWIPES).entity(CARD, Swipe::card).lookup(ACCOUNTS, "limit");
    return run(set, events.toArray(new RecordedEvent[0])).get(versions.length).get(0);
  }

  private static Account version(double limit, int since, int stamped) {
    return new Account("c", T.plusSeconds(since), T.plusSeconds(stamped), false, limit);
  }

  /** C10: of the versions known and in effect the greatest (effective from, available at). */
  @Test
  void c10Versions() {
    Account[] versions = {
      version(1, 0, 0), version(2, 10, 20), version(3, 10, 30), version(4, 5, 40)
    };
    assertNull(limitAt(T, versions), "at the instant of its availability it isn't known yet");
    assertEquals(1.0, limitAt(T.plusNanos(1_000), versions));
    assertEquals(1.0, limitAt(T.plusSeconds(20), versions));
    assertEquals(2.0, limitAt(T.plusSeconds(21), versions));
    assertEquals(3.0, limitAt(T.plusSeconds(31), versions));
    assertEquals(3.0, limitAt(T.plusSeconds(41), versions), "a later stamp of an older version");
    assertEquals(9.0, limitAt(T.plusSeconds(5), version(9, 5, 1)), "in effect at the instant");
    assertNull(limitAt(T.plusSeconds(5), version(9, 6, 1)), "known, not yet in effect");
  }

  /** C10: a deletion answers with null; of two versions with equal times it is the one. */
  @Test
  void c10Deletions() {
    Account gone = new Account("c", T, T, true, 5.0);
    assertNull(limitAt(T.plusSeconds(1), version(1, -1, -1), gone));
    assertNull(limitAt(T.plusSeconds(1), version(7, 0, 0), gone));
    assertEquals(2.0, limitAt(T.plusSeconds(6), gone, version(2, 5, 5)));
  }

  /** C10: equal times: the greater value, whichever came first, and null is the least. */
  @Test
  void c10Ties() {
    Account none = new Account("c", T, T, null, null);
    Instant request = T.plusSeconds(1);
    assertEquals(10.0, limitAt(request, version(10, 0, 0), version(9, 0, 0)));
    assertEquals(10.0, limitAt(request, version(9, 0, 0), version(10, 0, 0)));
    assertEquals(9.0, limitAt(request, version(9, 0, 0), none));
  }

  /**
   * C4: pruning goes up to what the oldest answerable request can read, and not a microsecond on.
   */
  @Test
  void c4PruningAtTheEdge() {
    FeaturePlan plan = FeaturePlan.of(counting(SWIPES));
    long length = plan.views().get(0).reachMicros();
    for (boolean isKnown : new boolean[] {false, true}) {
      EntityState state = new EntityState(plan.views().get(0));
      for (int i = 0; i < 100; i++) {
        state.add(event(0));
      }
      state.add(event(1));
      Values out = new Values(plan.views().get(0).resultTypes());
      BranchRow request = new BranchRow(false, true, length, Long.MAX_VALUE, 0, null, null, 0);
      if (isKnown) {
        state.answer(request, out);
        assertEquals(101, state.size());
      }
      state.prune(length);
      assertEquals(1, state.size(), "an event exactly the window's length old has left");
      state.answer(request, out);
      assertEquals(1L, out.get(0));
      state.prune(length + 1);
      assertTrue(state.isEmpty());
    }
  }

  private static BranchRow event(long eventTime) {
    return new BranchRow(true, false, eventTime, eventTime, 0, new Values(List.of()), null, 0);
  }
}
