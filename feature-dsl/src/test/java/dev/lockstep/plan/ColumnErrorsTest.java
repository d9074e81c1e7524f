package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.number;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.textFeature;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Table;
import dev.lockstep.plan.Shop.Account;
import dev.lockstep.plan.Shop.Chargeback;
import dev.lockstep.plan.Shop.Refund;
import dev.lockstep.plan.Shop.Swipe;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** C13: columns that aren't the source's own, functions that aren't one, and no mistake twice. */
class ColumnErrorsTest {
  private final EventSource<Swipe> swipes = Shop.swipes();

  private FeatureView<Swipe> view(String name) {
    return FeatureView.named(name).over(swipes).by(Shop.CARD, Swipe::card);
  }

  private FeatureSet<Swipe> set() {
    return FeatureSet.named("s").forEach(swipes);
  }

  private static void assertErrors(DefinitionException thrown, String expected) {
    assertEquals(
        expected,
        thrown.errors().stream().map(DefinitionError::toString).collect(Collectors.joining("\n"))
            + "\n");
  }

  private static void assertErrors(FeatureSet<?> set, String expected) {
    assertErrors(assertThrows(DefinitionException.class, () -> FeaturePlan.of(set)), expected);
  }

  /** The compiler can't tell whose columns an expression reads; the plan can. */
  @Test
  void anotherRecordsColumns() {
    assertErrors(
        set()
            .with(
                view("v")
                    .feature(
                        "x",
                        sum(Swipe::amount)
                            .where(field(Refund::amount).greaterThan(1))
                            .over(last(hours(1)))))
            .derive("y", request(Account::limit).plus(1))
            .derive("z", request(Refund::at).hourOfDay())
            .derive(
                "w",
                number(
                        Column.<Refund, Double>computed(
                            "cents", 1, Double.class, refund -> refund.amount() * 100))
                    .plus(1)),
        """
        feature x: [amount] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::amount
        feature y: [limit] is Account's, but source swipes is of Swipe
            cure: refer to a component of Swipe: [id, card, merchant, amount, at, known, seq]
        feature z: [at] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::at
        feature w: the computed column [cents] takes a Refund, but source swipes is of Swipe
            cure: give it a function of Swipe
        """);
  }

  /** Where the compiler would tell, raw types get past it. */
  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void anotherRecordsColumnsEverywhere() {
    Column<Swipe, Instant> at = (Column) (Column<Refund, Instant>) Refund::at;
    Column<Swipe, String> card = (Column) (Column<Refund, String>) Refund::card;
    Column<Swipe, Double> amount = (Column) (Column<Refund, Double>) Refund::amount;
    Column<Account, String> key = (Column) (Column<Refund, String>) Refund::card;
    EventSource<Swipe> source =
        EventSource.of(Swipe.class).named("swipes").id(card).eventTime(at).availableAt(at);
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(source)
            .entity(Shop.MERCHANT, card)
            .with(
                FeatureView.named("v")
                    .over(source)
                    .by(Shop.CARD, card)
                    .feature("x", sum(amount).over(last(hours(1)))))
            .lookup(Table.of(Account.class).named("accounts").by(Shop.CARD, key), "limit")
            .lookup(
                Table.of(Account.class).named("more").by(Shop.CARD, key).via("by", card), "limit");
    assertErrors(
        assertThrows(
            DefinitionException.class, () -> FeaturePlan.of(set, Label.column("l", amount))),
        """
        source swipes, id: [card] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::card
        source swipes, eventTime: [at] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::at
        source swipes, availableAt: [at] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::at
        entity merchant: [card] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::card
        view v: [card] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::card
        feature x: [amount] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::amount
        table accounts, key: [card] is Refund's, but table accounts is of Account
            cure: refer to Account::card
        table more, key: [card] is Refund's, but table more is of Account
            cure: refer to Account::card
        feature by_limit: [card] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::card
        label l: [amount] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::amount
        """);
  }

  interface Valued {
    double amount();
  }

  record Bill(String id, double amount, Instant at) implements Valued {}

  /** An interface's method is the record's own. */
  @Test
  void aColumnOfWhatTheRecordIs() {
    EventSource<Bill> bills = EventSource.of(Bill.class).named("bills").eventTime(Bill::at);
    assertEquals(
        List.of("x"),
        FeaturePlan.of(
                FeatureSet.named("s")
                    .forEach(bills)
                    .with(
                        FeatureView.named("v")
                            .over(bills)
                            .by(Entity.string("bill"), Bill::id)
                            .feature("x", sum(Valued::amount).over(last(hours(1))))))
            .features()
            .stream()
            .map(FeatureColumn::name)
            .toList());
  }

  private static Column<Swipe, Long> scaled(long factor) {
    return Column.computed("scaled", 1, Long.class, swipe -> swipe.seq() * factor);
  }

  @Test
  void twoFunctionsUnderOneNameAndVersion() {
    FeatureView<Swipe> view =
        view("v")
            .feature("x", sum(scaled(2)).over(last(hours(1))))
            .feature("again", sum(scaled(2)).over(last(minutes(1))));
    assertEquals(2, FeaturePlan.of(set().with(view)).features().size());
    assertErrors(
        set()
            .with(view.feature("y", sum(scaled(3)).over(last(hours(1)))))
            .derive(
                "z", number(Column.<Swipe, Long>computed("scaled", 1, Long.class, swipe -> 1L))),
        """
        feature y: the computed column [scaled@v1] is another function elsewhere
            cure: declare it once and use that everywhere, or give one of the two another name or version
        feature z: the computed column [scaled@v1] is another function elsewhere
            cure: declare it once and use that everywhere, or give one of the two another name or version
        """);
  }

  /** A source that is as of event time for features, and as known for the label, is one source. */
  @Test
  void twoFunctionsOfFeaturesAndLabel() {
    FeatureSet<Swipe> set =
        set().with(view("v").feature("x", sum(scaled(2)).over(last(hours(1))))).asOfEventTime();
    Label<Swipe> label = Label.from(swipes).on(Swipe::id).is("l", number(scaled(3)));
    assertErrors(
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(set, label)),
        """
        label l: the computed column [scaled@v1] is another function elsewhere
            cure: declare it once and use that everywhere, or give one of the two another name or version
        """);
  }

  record Basket(String id, List<String> goods, Instant at) {}

  @Test
  void noSecondMistakeAfterARecordThatCannotBeRead() {
    FeatureSet<Basket> set =
        FeatureSet.named("s")
            .forEach(
                EventSource.of(Basket.class).named("baskets").id(Basket::id).eventTime(Basket::at))
            .request("x", Basket::id);
    Label<Chargeback> label = Shop.label();
    assertErrors(
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(set, label)),
        """
        source baskets: Basket.goods is a List; a component is a boolean, an integer, a float or double, a BigDecimal, a String, an enum, a UUID, an Instant or a LocalDate, or an Optional of one
            cure: declare the event as a record of booleans, integers, doubles, BigDecimals, Strings, enums, UUIDs, Instants and LocalDates
        """);
  }

  @Test
  void noSecondMistakeAfterAFeatureThatHasOne() {
    assertErrors(
        set()
            .with(
                view("v")
                    .feature(
                        "name",
                        last((Column<Swipe, String>) swipe -> swipe.merchant() + "!")
                            .over(last(hours(1))))
                    .feature("elements", sum(Swipe::amount).asColumns().over(last(hours(1)))))
            .lookup(Shop.accounts(), "nothing")
            .derive("a", textFeature("name").lower())
            .derive("b", feature("nothing").plus(1))
            .derive("c", feature("elements_1").plus(feature("typo"))),
        """
        feature name: a column of source swipes is not a reference to one of its components, and what else it does the plan can't see
            cure: refer to a component (Swipe::id), or name it: Column.computed("name", 1, Type.class, event -> ...)
        feature elements: sum gives one value, not a list
            cure: drop asColumns()
        feature nothing: table accounts has no field [nothing]
            cure: use one of its fields: [card, since, gone, limit]
        feature c: there is no feature [typo] in the set
            cure: use one of: name, a, b, c
        """);
  }

  @Test
  void bothSidesOfAnExpressionAreReported() {
    assertErrors(
        set().derive("a", feature("one").plus(request(Refund::amount).plus(feature("two")))),
        """
        feature a: there is no feature [one] in the set
            cure: use one of: a
        feature a: [amount] is Refund's, but source swipes is of Swipe
            cure: refer to Swipe::amount
        feature a: there is no feature [two] in the set
            cure: use one of: a
        """);
  }

  @Test
  void aLabelWithoutAValueHasOneMistake() {
    Label<Swipe> label =
        Label.of("l", sum(Swipe::amount).asColumns().over(next(hours(1))))
            .from(swipes)
            .by(Shop.CARD, Swipe::card);
    assertErrors(
        assertThrows(
            DefinitionException.class,
            () -> FeaturePlan.of(set().request("x", Swipe::amount), label)),
        """
        label l: sum gives one value, not a list
            cure: drop asColumns()
        """);
  }

  @Test
  void twoViewsOfTheRequestsKeyedByTwoColumns() {
    FeatureView<Swipe> other =
        FeatureView.named("w")
            .over(swipes)
            .by(Shop.CARD, Swipe::merchant)
            .feature("y", count().over(last(hours(1))));
    FeatureSet<Swipe> both =
        set().with(view("v").feature("x", count().over(last(hours(1)))), other);
    assertErrors(
        both,
        """
        view w: it is keyed by [merchant], but the request would ask it by [card], which view v keys entity card by
            cure: ask it in roles, of which each says its key: .with(VIEW.askedBy(Request::column, "prefix")); or give it another Entity, keyed by [merchant]; if it is meant so, say .entity(card, Request::column) on the feature set
        """);
    // Where the set says whom the request is about, it may ask a view by another column.
    FeaturePlan said = FeaturePlan.of(both.entity(Shop.CARD, Swipe::card));
    assertEquals(2, said.views().size());
    Label<Swipe> label =
        Label.of("l", sum(Swipe::amount).over(next(hours(1))))
            .from(swipes)
            .by(Shop.CARD, Swipe::merchant);
    FeatureSet<Swipe> one = set().with(view("v").feature("x", count().over(last(hours(1)))));
    assertErrors(
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(one, label)),
        """
        label l: it is keyed by [merchant], but the request would ask it by [card], which view v keys entity card by
            cure: give it another Entity, keyed by [merchant]; if it is meant so, say .entity(card, Request::column) on the feature set
        """);
  }
}
