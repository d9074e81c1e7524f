package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Emission.onArrival;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.timeFeature;
import static dev.lockstep.define.Window.dayToDate;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.previousDay;
import static dev.lockstep.define.Window.previousMonth;
import static dev.lockstep.define.Window.quarterToDate;
import static dev.lockstep.define.Window.tumbling;
import static dev.lockstep.define.Window.weekToDate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Column;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.Expression;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.define.WindowedAggregate;
import dev.lockstep.plan.Shop.Account;
import dev.lockstep.plan.Shop.Swipe;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** C14: the fingerprint covers everything that can change a value, and nothing else. */
class FingerprintTest {

  private static FeatureSet<Swipe> set(EventSource<Swipe> source, WindowedAggregate<Swipe> value) {
    return FeatureSet.named("s")
        .forEach(source)
        .with(FeatureView.named("v").over(source).by(Shop.CARD, Swipe::card).feature("x", value));
  }

  private static FeatureSet<Swipe> source(UnaryOperator<EventSource<Swipe>> edit) {
    return set(edit.apply(Shop.swipes()), FingerprintTest.<Swipe>counted().over(last(hours(1))));
  }

  private static <T> Aggregate<T> counted() {
    return count();
  }

  private static FeatureSet<Swipe> value(WindowedAggregate<Swipe> value) {
    return set(Shop.swipes(), value);
  }

  private static FeatureSet<Swipe> table(Table<Account> table) {
    return FeatureSet.named("s")
        .forEach(Shop.swipes())
        .entity(Shop.CARD, Swipe::card)
        .lookup(table, "limit");
  }

  private static FeatureSet<Swipe> derived(Expression expression) {
    return FeatureSet.named("s")
        .forEach(Shop.swipes())
        .request("amount", Swipe::amount)
        .request("at", Swipe::at)
        .derive("d", expression);
  }

  private static Column<Swipe, Long> computed(String name, int version) {
    return Column.computed(name, version, Long.class, swipe -> 1L);
  }

  /** Each is a definition of its own: all their fingerprints differ. */
  @Test
  void everyEditThatCanChangeAValueChangesIt() {
    Map<String, FeatureSet<?>> sets = new LinkedHashMap<>();
    sets.put("plain", source(s -> s));
    sets.put(
        "no id",
        set(
            EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at),
            FingerprintTest.<Swipe>counted().over(last(hours(1)))));
    sets.put("availability", source(s -> s.availableAt(Swipe::known)));
    sets.put("sequence", source(s -> s.sequence(Swipe::seq)));
    sets.put("lateness", source(s -> s.lateness(hours(1))));
    sets.put("clock skew", source(s -> s.clockSkew(hours(1))));
    sets.put("emission", Shop.fraud());
    sets.put("other emission", Shop.fraud().emittingInstead(onArrival()));
    sets.put("window", value(FingerprintTest.<Swipe>counted().over(last(hours(2)))));
    sets.put(
        "within", value(FingerprintTest.<Swipe>counted().over(lastEvents(3).within(hours(2)))));
    sets.put(
        "within more",
        value(FingerprintTest.<Swipe>counted().over(lastEvents(3).within(hours(3)))));
    sets.put("whatever age", value(FingerprintTest.<Swipe>counted().over(lastEvents(3))));
    ZoneId zone = ZoneId.of("Europe/Berlin");
    sets.put("this week", value(FingerprintTest.<Swipe>counted().over(weekToDate(zone))));
    sets.put("this quarter", value(FingerprintTest.<Swipe>counted().over(quarterToDate(zone))));
    sets.put("yesterday", value(FingerprintTest.<Swipe>counted().over(previousDay(zone))));
    sets.put("last month", value(FingerprintTest.<Swipe>counted().over(previousMonth(zone))));
    sets.put("local days", value(FingerprintTest.<Swipe>counted().over(tumbling(hours(24), zone))));
    sets.put("days", value(FingerprintTest.<Swipe>counted().over(tumbling(hours(24)))));
    sets.put(
        "excluding",
        value(FingerprintTest.<Swipe>counted().over(last(hours(1))).excludingRequest()));
    sets.put("column", value(sum(Swipe::amount).over(last(hours(1)))));
    sets.put("aggregation", value(avg(Swipe::amount).over(last(hours(1)))));
    sets.put("another column", value(avg(Swipe::seq).over(last(hours(1)))));
    sets.put("extreme", value(max(Swipe::seq).over(last(hours(1)))));
    sets.put("distinct", value(distinct(Swipe::card).over(last(hours(1)))));
    sets.put(
        "expression",
        value(Aggregations.<Swipe>sum(field(Swipe::amount).times(2)).over(last(hours(1)))));
    sets.put(
        "other expression",
        value(Aggregations.<Swipe>sum(field(Swipe::amount).times(3)).over(last(hours(1)))));
    sets.put("default", value(sum(Swipe::amount).over(last(hours(1))).orElse(0)));
    sets.put("other default", value(sum(Swipe::amount).over(last(hours(1))).orElse(-1)));
    sets.put("computed", value(sum(computed("n", 1)).over(last(hours(1)))));
    sets.put("computed anew", value(sum(computed("n", 2)).over(last(hours(1)))));
    sets.put("computed otherwise", value(sum(computed("m", 1)).over(last(hours(1)))));
    sets.put("table", table(Shop.accounts()));
    sets.put(
        "static table",
        table(Table.of(Account.class).named("accounts").by(Shop.CARD, Account::card)));
    sets.put("table with deletions", table(Shop.accounts().deleted(Account::gone)));
    sets.put(
        "table that says when it is available", table(Shop.accounts().availableAt(Account::since)));
    sets.put(
        "another table", table(Table.of(Account.class).named("b").by(Shop.CARD, Account::card)));
    sets.put("feature", derived(feature("amount")));
    sets.put("text", derived(literal("amount")));
    sets.put("quoted text", derived(literal("\"amount\"")));
    sets.put("request", derived(request(Swipe::amount)));
    sets.put("request as text", derived(literal("request.amount")));
    sets.put("true", derived(literal(true)));
    sets.put("true as text", derived(literal("true")));
    sets.put("integer", derived(literal(1L)));
    sets.put("double", derived(literal(1.0)));
    sets.put("one as text", derived(literal("1")));
    sets.put("plus", derived(feature("amount").plus(1)));
    sets.put("minus", derived(feature("amount").minus(1)));
    sets.put("hour", derived(timeFeature("at").hourOfDay()));
    sets.put("hour elsewhere", derived(timeFeature("at").hourOfDay(ZoneId.of("Asia/Tokyo"))));
    sets.put("bounds", derived(feature("amount").clip(0, 1)));
    sets.put("other bounds", derived(feature("amount").clip(0, 2)));
    sets.put("boundaries", derived(feature("amount").bucketise(0, 1)));
    sets.put("more boundaries", derived(feature("amount").bucketise(0, 1, 2)));
    sets.put("buckets", derived(request(Swipe::card).hash(10)));
    sets.put("more buckets", derived(request(Swipe::card).hash(11)));
    sets.put("day of month", derived(timeFeature("at").dayOfMonth()));
    sets.put("month", derived(timeFeature("at").month()));
    sets.put("weekend", derived(timeFeature("at").isWeekend()));
    sets.put("later", derived(timeFeature("at").plus(hours(1))));
    sets.put("earlier", derived(timeFeature("at").minus(hours(1))));
    sets.put("days", derived(request(Swipe::known).daysSince(timeFeature("at"))));
    sets.put("days the other way", derived(request(Swipe::known).daysUntil(timeFeature("at"))));
    sets.put("seconds", derived(request(Swipe::known).secondsSince(timeFeature("at"))));
    sets.put(
        "dates",
        derived(request(Swipe::known).daysSince(timeFeature("at"), ZoneId.of("Asia/Tokyo"))));
    sets.put("weekday", derived(timeFeature("at").dayOfWeek()));
    Map<String, String> byFingerprint = new LinkedHashMap<>();
    sets.forEach(
        (name, set) -> {
          String first = byFingerprint.put(FeaturePlan.of(set).fingerprint(), name);
          assertNull(first, () -> name + " has the fingerprint of " + first);
        });
  }

  record Integers(String id, long amount, Instant at) {}

  record Doubles(String id, double amount, Instant at) {}

  /** 2^53 + 1 compared as an integer is another than compared as a double. */
  @Test
  void typeOfAFieldInsideAnExpression() {
    FeatureSet<Integers> integers =
        FeatureSet.named("s")
            .forEach(EventSource.of(Integers.class).named("x").eventTime(Integers::at))
            .derive("d", request(Integers::amount).equalTo(literal(9007199254740992L)));
    FeatureSet<Doubles> doubles =
        FeatureSet.named("s")
            .forEach(EventSource.of(Doubles.class).named("x").eventTime(Doubles::at))
            .derive("d", request(Doubles::amount).equalTo(literal(9007199254740992L)));
    assertNotEquals(FeaturePlan.of(integers).fingerprint(), FeaturePlan.of(doubles).fingerprint());
  }

  @Test
  void equalDefinitionsHaveEqualFingerprints() {
    assertEquals(
        FeaturePlan.of(Shop.fraud()).fingerprint(), FeaturePlan.of(Shop.fraud()).fingerprint());
    assertEquals(FeaturePlan.of(Shop.fraud()).text(), FeaturePlan.of(Shop.fraud()).text());
  }

  /** One zone by several names, and one zero, are one computation. */
  @Test
  void whatIsWrittenInTwoWaysIsOne() {
    String utc = FeaturePlan.of(derived(timeFeature("at").hourOfDay())).fingerprint();
    for (String zone : List.of("UTC", "Z", "Etc/UTC", "GMT", "UTC+00:00", "Etc/GMT-0", "Zulu")) {
      assertEquals(
          utc,
          FeaturePlan.of(derived(timeFeature("at").hourOfDay(ZoneId.of(zone)))).fingerprint(),
          zone);
    }
    assertEquals(
        FeaturePlan.of(derived(timeFeature("at").timeOfWeekSine(ZoneId.of("UTC+2")))).fingerprint(),
        FeaturePlan.of(derived(timeFeature("at").timeOfWeekSine(ZoneOffset.ofHours(2))))
            .fingerprint());
    assertEquals(
        FeaturePlan.of(value(FingerprintTest.<Swipe>counted().over(dayToDate(ZoneOffset.UTC))))
            .fingerprint(),
        FeaturePlan.of(value(FingerprintTest.<Swipe>counted().over(dayToDate(ZoneId.of("UTC")))))
            .fingerprint());
    assertEquals(
        FeaturePlan.of(derived(feature("amount").plus(0.0))).fingerprint(),
        FeaturePlan.of(derived(feature("amount").plus(-0.0))).fingerprint());
  }

  @Test
  void labelsTopicsAndDisorderChangeNoValue() {
    String plain = FeaturePlan.of(Shop.fraud()).fingerprint();
    assertEquals(plain, FeaturePlan.of(Shop.fraud(), Shop.label()).fingerprint());
    assertEquals(
        FeaturePlan.of(source(s -> s)).fingerprint(),
        FeaturePlan.of(source(s -> s.topic("elsewhere"))).fingerprint());
  }

  private static FeaturePlan spent(EventSource<Swipe> swipes, boolean readsMerchants) {
    FeatureView<Swipe> spent =
        FeatureView.named("spent")
            .over(swipes)
            .by(Shop.CARD, Swipe::card)
            .feature("spent_1h", sum(Swipe::amount).over(last(hours(1))));
    FeatureSet<Swipe> set = FeatureSet.named("s").forEach(swipes).with(spent);
    return FeaturePlan.of(readsMerchants ? set.request("merchant", Swipe::merchant) : set);
  }

  /** C9: what is read of a source says which of tied copies is the event, for all its views. */
  @Test
  void whatElseIsReadCountsWhereItOrdersCopies() {
    EventSource<Swipe> plain = EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at);
    assertNotEquals(
        spent(Shop.swipes(), false).views().get(0).fingerprint(),
        spent(Shop.swipes(), true).views().get(0).fingerprint());
    assertEquals(
        spent(plain, false).views().get(0).fingerprint(),
        spent(plain, true).views().get(0).fingerprint());
    assertEquals(
        List.of("spent.spent_1h"),
        FeaturePlan.diff(spent(Shop.swipes(), false), spent(Shop.swipes(), true))
            .of(PlanChange.Fate.REBUILT));
    assertEquals(
        List.of("spent.spent_1h"),
        FeaturePlan.diff(spent(plain, false), spent(plain, true)).of(PlanChange.Fate.KEPT));
  }

  /** C14: one view's change keeps the others' state. */
  @Test
  void aViewsFingerprintIsItsOwn() {
    FeaturePlan before = FeaturePlan.of(Shop.fraud());
    EventSource<Swipe> swipes = Shop.swipes();
    FeaturePlan after =
        FeaturePlan.of(
            FeatureSet.named("fraud_v2")
                .forEach(swipes)
                .with(
                    Shop.activity(swipes),
                    FeatureView.named("more")
                        .over(swipes)
                        .by(Shop.MERCHANT, Swipe::merchant)
                        .feature("swipes_at_merchant", count().over(last(minutes(5))))));
    assertEquals(before.views().get(0).fingerprint(), after.views().get(0).fingerprint());
    assertNotEquals(before.fingerprint(), after.fingerprint());
    assertNotEquals(
        after.views().get(0).fingerprint(),
        FeaturePlan.of(source(s -> s)).views().get(0).fingerprint());
  }
}
