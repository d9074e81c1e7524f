package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Emission.onArrival;
import static dev.lockstep.define.Emission.ordered;
import static dev.lockstep.define.Expressions.conditionFeature;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.textFeature;
import static dev.lockstep.define.Expressions.timeFeature;
import static dev.lockstep.define.Window.last;
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
import dev.lockstep.define.WindowedAggregate;
import dev.lockstep.plan.Shop.Account;
import dev.lockstep.plan.Shop.Chargeback;
import dev.lockstep.plan.Shop.Refund;
import dev.lockstep.plan.Shop.Swipe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** C13: definition errors are found before anything runs, all together, each with its cure. */
class DefinitionErrorsTest {
  private final EventSource<Swipe> swipes = Shop.swipes();

  private FeatureView<Swipe> view(WindowedAggregate<? super Swipe> value) {
    return FeatureView.named("v").over(swipes).by(Shop.CARD, Swipe::card).feature("x", value);
  }

  private FeatureSet<Swipe> set() {
    return FeatureSet.named("s").forEach(swipes);
  }

  private static void assertErrors(FeatureSet<?> set, String... expected) {
    assertErrors(assertThrows(DefinitionException.class, () -> FeaturePlan.of(set)), expected);
  }

  private static void assertErrors(DefinitionException thrown, String... expected) {
    assertEquals(
        String.join("\n", expected),
        thrown.errors().stream().map(DefinitionError::toString).collect(Collectors.joining("\n")));
  }

  @Test
  void severalMistakesAreReportedTogether() {
    FeatureSet<Swipe> broken =
        set()
            .with(
                view(
                    sum(Column.<Swipe, Long>computed("n", 1, Long.class, s -> 1L))
                        .over(last(minutes(-10)))))
            .derive("y", feature("z").plus(1))
            .derive("y", request(Swipe::amount))
            .emit(ordered())
            .emit(onArrival());
    DefinitionException thrown =
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(broken));
    assertEquals(
        """
        feature set s has 4 errors
          feature set s: emit is set twice, first to ORDERED, then to ON_ARRIVAL
            cure: keep one of the two calls of emit(...)
          feature x: its window is PT-10M, which is not a positive number of microseconds
            cure: give a positive duration: last(minutes(10))
          feature y: the name is used twice, by derived feature and by derived feature
            cure: rename one of the two
          feature y: there is no feature [z] in the set
            cure: use one of: x, y, y""",
        thrown.getMessage());
  }

  @Test
  void duplicateFeatureName() {
    assertErrors(
        set()
            .with(view(count().over(last(hours(1))).excludingRequest()))
            .request("x", Swipe::amount),
        """
        feature x: the name is used twice, by view v and by derived feature
            cure: rename one of the two""");
  }

  @Test
  void lambdaColumn() {
    assertErrors(
        set().with(view(sum((Column<Swipe, Double>) s -> s.amount() * 2).over(last(hours(1))))),
        """
        feature x: a column of source swipes is not a reference to one of its components, and what else it does the plan can't see
            cure: refer to a component (Swipe::id), or name it: Column.computed("name", 1, Type.class, event -> ...)""");
  }

  /** A static method named like a component would silently read the component. */
  @Test
  void staticMethodThatLooksLikeAnAccessor() {
    class Elsewhere {
      static double amount(Swipe swipe) {
        return -swipe.amount();
      }
    }
    assertErrors(
        set().with(view(sum((Column<Swipe, Double>) Elsewhere::amount).over(last(hours(1))))),
        """
        feature x: a column of source swipes is not a reference to one of its components, and what else it does the plan can't see
            cure: refer to a component (Swipe::id), or name it: Column.computed("name", 1, Type.class, event -> ...)""");
  }

  @Test
  void methodThatIsNoComponent() {
    assertErrors(
        set().with(view(sum(Swipe::cents).over(last(hours(1))))),
        """
        feature x: [cents] is not a component of Swipe; its components are: [id, card, merchant, amount, at, known, seq]
            cure: refer to one of them, or name what it computes: Column.computed("cents", 1, Type.class, Swipe::cents)""");
  }

  @Test
  void wrongTypeForAnAggregation() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Column<Swipe, Double> text = (Column) (Column<Swipe, String>) Swipe::merchant;
    assertErrors(
        set()
            .with(
                view(sum(text).over(last(hours(1))))
                    .feature("y", min(Swipe::card).over(last(hours(1))))),
        """
        feature x: sum can't take [merchant], which is STRING
            cure: aggregate an integer, a double or a decimal; count() and distinct(...) take any type""",
        """
        feature y: min can't take [card], which is STRING
            cure: rank a number or an instant""");
  }

  @Test
  void windowsThatAreNone() {
    assertErrors(
        set()
            .with(
                view(count().over(last(Duration.ZERO)))
                    .feature("y", max(Swipe::seq).over(last(Duration.ofNanos(1500))))
                    .feature("z", max(Swipe::seq).over(last(days(200_000_000))))),
        """
        feature x: its window is PT0S, which is not a positive number of microseconds
            cure: give a positive duration: last(minutes(10))""",
        """
        feature y: its window is PT0.0000015S, which is not a positive number of microseconds
            cure: give a positive duration: last(minutes(10))""",
        """
        feature z: its window is PT4800000000H, more than 292 000 years
            cure: give a shorter duration""");
  }

  @Test
  void entityThatTheRequestDoesNotName() {
    assertErrors(
        set()
            .with(
                FeatureView.named("v")
                    .over(Shop.refunds())
                    .by(Shop.CARD, Refund::card)
                    .feature("x", count().over(last(hours(1)))))
            .lookup(Shop.accounts(), "limit", "nothing"),
        """
        view v: the request doesn't say which card it is about
            cure: add .entity(card, Request::column) to feature set s""",
        """
        feature limit: the request doesn't say which card it is about
            cure: add .entity(card, Request::column), or look it up by a column: .lookup(TABLE.via("prefix", Request::column), ...)""",
        """
        feature nothing: the request doesn't say which card it is about
            cure: add .entity(card, Request::column), or look it up by a column: .lookup(TABLE.via("prefix", Request::column), ...)""");
  }

  @Test
  void fieldThatTheTableHasNot() {
    assertErrors(
        set().entity(Shop.CARD, Swipe::card).lookup(Shop.accounts(), "nothing"),
        """
        feature nothing: table accounts has no field [nothing]
            cure: use one of its fields: [card, since, gone, limit]""");
  }

  @Test
  void unknownFeatureInADerivedOne() {
    assertErrors(
        set().request("amount", Swipe::amount).derive("d", feature("amuont").times(2)),
        """
        feature d: there is no feature [amuont] in the set
            cure: use one of: amount, d""");
  }

  @Test
  void cycle() {
    assertErrors(
        set()
            .derive("outside", feature("a"))
            .derive("a", feature("b").plus(1))
            .derive("b", feature("a").plus(1)),
        """
        feature a: it is derived from itself: a -> b -> a
            cure: break the cycle: derive one of them from request fields or window features only""");
  }

  @Test
  void featuresReadAsWhatTheyAreNot() {
    assertErrors(
        set()
            .request("amount", Swipe::amount)
            .request("card", Swipe::card)
            .request("at", Swipe::at)
            .derive("a", feature("card").plus(1))
            .derive("b", conditionFeature("amount").and(conditionFeature("at")))
            .derive("c", textFeature("at").length())
            .derive("d", timeFeature("card").hourOfDay()),
        """
        feature a: the feature [card] is text, read as a number
            cure: read it by textFeature("card")""",
        """
        feature b: the feature [amount] is a number, read as a boolean
            cure: read it by feature("amount")""",
        """
        feature b: the feature [at] is an instant, read as a boolean
            cure: read it by timeFeature("at")""",
        """
        feature c: the feature [at] is an instant, read as text
            cure: read it by timeFeature("at")""",
        """
        feature d: the feature [card] is text, read as an instant
            cure: read it by textFeature("card")""");
  }

  @Test
  void settingsGivenTwice() {
    EventSource<Swipe> twice =
        Shop.swipes().named("again").eventTime(Swipe::known).lateness(hours(1)).lateness(hours(2));
    assertErrors(
        FeatureSet.named("s")
            .forEach(twice)
            .entity(Shop.CARD, Swipe::card)
            .entity(Shop.CARD, Swipe::merchant)
            .lookup(Shop.accounts().effectiveFrom(Account::since), "limit"),
        """
        source of Swipe: named is set twice, first to swipes, then to again
            cure: keep one of the two calls of named(...)""",
        """
        source of Swipe: eventTime is set twice, first to Swipe::at, then to Swipe::known
            cure: keep one of the two calls of eventTime(...)""",
        """
        source of Swipe: lateness is set twice, first to PT1H, then to PT2H
            cure: keep one of the two calls of lateness(...)""",
        """
        entity card: its key in the request is set twice
            cure: keep one of the two calls of entity(...)""",
        """
        table accounts: effectiveFrom is set twice, first to Account::since, then to Account::since
            cure: keep one of the two calls of effectiveFrom(...)""");
  }

  @Test
  void sourceWithoutNameOrEventTime() {
    assertErrors(
        FeatureSet.named("s").forEach(EventSource.of(Swipe.class)).request("x", Swipe::amount),
        """
        source Swipe: it has no name
            cure: add .named("...") to the source""",
        """
        source Swipe: it has no event time
            cure: add .eventTime(Record::instant) to the source""");
  }

  record Basket(String id, List<String> goods, Instant at) {}

  @Test
  void componentOfATypeThatCannotBeHeld() {
    assertErrors(
        FeatureSet.named("s")
            .forEach(EventSource.of(Basket.class).named("baskets").eventTime(Basket::at))
            .request("x", Basket::id),
        """
        source baskets: Basket.goods is a List; a component is a boolean, an integer, a float or double, a BigDecimal, a String, an enum, a UUID, an Instant or a LocalDate, or an Optional of one
            cure: declare the event as a record of booleans, integers, doubles, BigDecimals, Strings, enums, UUIDs, Instants and LocalDates""");
  }

  @Test
  void emptySet() {
    assertErrors(
        set(),
        """
        feature set s: its vector is empty
            cure: add features: .with(VIEW), .lookup(TABLE, Record::field), .request("name", Record::field)""");
  }

  @Test
  void twoSourcesOrViewsOfOneName() {
    FeatureView<Swipe> over = FeatureView.named("v").over(Shop.swipes()).by(Shop.CARD, Swipe::card);
    assertErrors(
        set()
            .entity(Shop.CARD, Swipe::card)
            .with(over.feature("x", count().over(last(hours(1)))))
            .with(
                view(sum(Swipe::amount).over(last(hours(1))))
                    .feature("y", count().over(last(hours(1))))),
        """
        source swipes: the name is taken by another source or table
            cure: give each source and table of a set a name of its own""",
        """
        view v: the name is used by two views
            cure: rename one of the two""",
        """
        feature x: the name is used twice, by view v and by view v
            cure: rename one of the two; of a list of windows, give one a feature(...) of its own""");
  }

  @Test
  void twoEntitiesOfOneName() {
    assertErrors(
        set()
            .entity(Shop.CARD, Swipe::card)
            .entity(Entity.integer("card"), Swipe::seq)
            .request("x", Swipe::amount),
        """
        entity card: the name is taken by another entity, with another type of key
            cure: rename one of the two""");
  }

  @Test
  void rulesOfTimeThatAreNone() {
    assertErrors(
        FeatureSet.named("s")
            .forEach(Shop.swipes().lateness(hours(-1)).clockSkew(days(200_000_000)))
            .request("x", Swipe::amount),
        """
        source swipes: lateness is negative: PT-1H
            cure: give a duration of zero or more""",
        """
        source swipes: clockSkew is PT4800000000H, more than 292 000 years
            cure: give a shorter duration""");
  }

  @Test
  void namesThatCouldBeTakenForOthers() {
    assertErrors(
        FeatureSet.named("a b")
            .forEach(Shop.swipes())
            .entity(Entity.string("c\nd"), Swipe::card)
            .request("1st", Swipe::amount),
        """
        feature set a b: [a b] can't be a name
            cure: use letters, digits, '_', '-' and '.', beginning with a letter, digit or '_'""",
        """
        entity c
        d: [c
        d] can't be a name
            cure: use letters, digits, '_', '-' and '.', beginning with a letter, digit or '_'""",
        """
        feature 1st: the name can't be a column in every tool
            cure: use letters, digits and underscores, beginning with a letter or an underscore""");
  }

  @Test
  void oneComputedColumnOfTwoTypes() {
    assertErrors(
        set()
            .with(
                view(sum(Column.<Swipe, Long>computed("n", 1, Long.class, s -> 1L))
                        .over(last(hours(1))))
                    .feature(
                        "y",
                        sum(Column.<Swipe, Double>computed("n", 1, Double.class, s -> 1.0))
                            .over(last(hours(1))))),
        """
        feature y: the computed column [n@v1] gives DOUBLE, elsewhere LONG
            cure: give one of the two another name""");
  }

  @Test
  void keysOfTheWrongType() {
    assertErrors(
        set()
            .entity(Shop.CARD, Swipe::card)
            .with(
                FeatureView.named("v")
                    .over(swipes)
                    .by(Entity.integer("terminal"), Swipe::seq)
                    .feature("x", count().over(last(hours(1)))))
            .lookup(Shop.accounts().via("by_seq", Swipe::seq), "limit"),
        """
        feature by_seq_limit: the key of entity card is text, but [seq] is an integer
            cure: key it by a column that is text""");
  }

  record Timed(Instant swipe, String why, Instant at) {}

  @Test
  void labels() {
    Label<Chargeback> good = Shop.label();
    FeatureSet<Swipe> anonymous =
        FeatureSet.named("s")
            .forEach(EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at))
            .request("x", Swipe::amount);
    assertErrors(
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(anonymous, good)),
        """
        label fraud: the requests of source swipes have no id to be found by
            cure: declare .id(Record::column) on source swipes""");
    Label<Timed> bad =
        Label.from(EventSource.of(Timed.class).named("timed").eventTime(Timed::at))
            .on(Timed::swipe)
            .is("why", field(Timed::why));
    assertErrors(
        assertThrows(
            DefinitionException.class,
            () -> FeaturePlan.of(set().request("x", Swipe::amount), bad)),
        """
        label why: [swipe] is of type INSTANT
            cure: name the request by a component of type STRING or LONG""",
        """
        label why: it is of type STRING
            cure: let it be a boolean or a number, which a model can learn""");
  }

  @Test
  void moreViewsThanTheKernelCanTellApart() {
    FeatureSet<Swipe> many = set();
    for (int i = 0; i < 64; i++) {
      many =
          many.with(
              FeatureView.named("v" + i)
                  .over(swipes)
                  .by(Shop.CARD, Swipe::card)
                  .feature("x" + i, count().over(last(hours(1)))));
    }
    assertErrors(
        many,
        """
        feature set s: it has 64 views (each role one), lookups and labels
            cure: at most 63 fit in one set: join views of one source and entity""");
  }

  @Test
  void tableWithoutColumnOfTheRightType() {
    Table<Account> table = Shop.accounts();
    @SuppressWarnings({"unchecked", "rawtypes"})
    Column<Account, Instant> text = (Column) (Column<Account, String>) Account::card;
    assertErrors(
        set().entity(Shop.CARD, Swipe::card).lookup(table.availableAt(text), "limit"),
        """
        table accounts, availableAt: [card] is of type STRING
            cure: refer to a component of type INSTANT""");
  }
}
