package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.decayedSum;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.rate;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.lifetime;
import static dev.lockstep.define.Window.session;
import static dev.lockstep.define.Window.tumbling;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.Shop.Swipe;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** C13: mistakes in windows and modifiers, all together, each with the feature and the cure. */
class WindowErrorsTest {
  private final EventSource<Swipe> swipes = Shop.swipes();

  private FeatureView<Swipe> view() {
    return FeatureView.named("v").over(swipes).by(Shop.CARD, Swipe::card);
  }

  private void assertErrors(FeatureView<Swipe> view, String expected) {
    FeatureSet<Swipe> set = FeatureSet.named("s").forEach(swipes).with(view);
    assertErrors(set, expected);
  }

  private static void assertErrors(FeatureSet<Swipe> set, String expected) {
    assertEquals(
        expected,
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(set)).errors().stream()
            .map(DefinitionError::toString)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void gridsOfLocalTime() {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    assertErrors(
        view()
            .feature("five", count().over(tumbling(hours(5), zone)))
            .feature("short", count().over(tumbling(Duration.ofSeconds(30), zone)))
            .feature("twice", count().over(lastEvents(3).within(days(1)).within(days(2))))
            .feature("none", count().over(lastEvents(3).within(days(0)))),
        """
        feature five: its window tumbling(5h, Europe/Berlin) divides no day, and isn't whole days
            cure: give a length of whole minutes that divides 24 hours, or whole days; or leave out the zone: tumbling(5h) counts from the epoch
        feature short: its window tumbling(30s, Europe/Berlin) divides no day, and isn't whole days
            cure: give a length of whole minutes that divides 24 hours, or whole days; or leave out the zone: tumbling(30s) counts from the epoch
        feature twice: within is set twice, first to PT24H, then to PT48H
            cure: keep one of the two calls of within(...)
        feature none: its window reaches back PT0S, which is not a positive number of microseconds
            cure: give a positive duration: lastEvents(10).within(days(30))
        """);
  }

  /** C4: what counts as endless must be known as such, or pruning would take it all. */
  @Test
  void whatIsNoBoundIsRefused() {
    Duration most = Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS);
    assertErrors(
        view()
            .feature("all", count().over(lastEvents(Integer.MAX_VALUE)))
            .feature("long", count().over(last(most)))
            .feature("sum", count().over(last(most.minusDays(1)).endingBefore(days(2))))
            .feature("grid", count().over(tumbling(most.minusDays(1))))
            .feature("visit", count().over(session(hours(1), most))),
        """
        feature all: its window holds the last 2147483647 events, which is no bound
            cure: give a smaller number, or lifetime() for all events there ever were
        feature long: its window last(PT2562047788H54.775807S) reaches back more than 292 000 years
            cure: give a shorter one, or lifetime() for all events there ever were
        feature sum: its window last(PT2562047764H54.775807S).endingBefore(2d) reaches back more than 292 000 years
            cure: give a shorter one, or lifetime() for all events there ever were
        feature grid: its window tumbling(PT2562047764H54.775807S) reaches back more than 292 000 years
            cure: give a shorter one, or lifetime() for all events there ever were
        feature visit: its window session(1h, PT2562047788H54.775807S) reaches back more than 292 000 years
            cure: give a shorter one, or lifetime() for all events there ever were
        """);
  }

  @Test
  void everyMistakeOfAWindowIsReportedTogether() {
    assertErrors(
        view()
            .feature("negative", sum(Swipe::amount).over(last(minutes(-10))))
            .feature("zero", sum(Swipe::amount).over(tumbling(Duration.ZERO)))
            .feature("hop", sum(Swipe::amount).over(last(hours(1)).hop(hours(2))))
            .feature(
                "offset",
                sum(Swipe::amount).over(last(days(1)).hop(hours(2)).endingBefore(hours(3))))
            .feature("endless", sum(Swipe::amount).over(session(minutes(30))))
            .feature("short", sum(Swipe::amount).over(session(hours(2), hours(1))))
            .feature("none", sum(Swipe::amount).over(lastEvents(0)))
            .feature("text", max(Swipe::merchant).over(last(hours(1))))
            .feature("per_what", rate().over(lastEvents(5)))
            .feature("for_ever", decayedSum(Swipe::amount, days(1)).over(lifetime()))
            .feature("a", count().over(last(hours(1))))
            .feature("a", count().over(last(hours(2)))),
        """
        feature negative: its window is PT-10M, which is not a positive number of microseconds
            cure: give a positive duration: last(minutes(10))
        feature zero: its window is PT0S, which is not a positive number of microseconds
            cure: give a positive duration: tumbling(minutes(10))
        feature hop: its hop is PT2H, longer than its window of PT1H
            cure: give a hop of at most the window, or a tumbling(...) window
        feature offset: its hop of PT2H doesn't divide what it ends before, PT3H
            cure: let it end a multiple of the hop before the request, or choose a hop that divides it
        feature endless: its session has no maximum, so it could reach back for ever
            cure: say how far back it may go: session(gap).within(days(1))
        feature short: its session's maximum is PT1H, shorter than its gap of PT2H
            cure: let the maximum be at least the gap
        feature none: its window holds the last 0 events
            cure: give a positive number: lastEvents(10)
        feature text: max can't take [merchant], which is STRING
            cure: rank a number or an instant
        feature per_what: rate makes no sense over lastEvents(5)
            cure: give it a window with a length in time: last(hours(1))
        feature for_ever: decayedSum looks through the whole window for each request, and a lifetime has no end
            cure: give it a window with an end: last(days(90)) or lastEvents(100)
        feature a: the name is used twice, by view v and by view v
            cure: rename one of the two; of a list of windows, give one a feature(...) of its own
        """);
  }

  @Test
  void everyMistakeOfAModifierIsReportedTogether() {
    assertErrors(
        view()
            .feature("of_feature", count().where(feature("other").greaterThan(1)).over(lifetime()))
            .feature("of_request", avg(request(Swipe::amount)).over(lifetime()))
            .feature("twice", sum(Swipe::amount).by(Swipe::merchant, "a", "a").over(lifetime()))
            .feature("spaced", sum(Swipe::amount).by(Swipe::merchant, "a b").over(lifetime()))
            .feature("no_list", sum(Swipe::amount).asColumns().over(lifetime()))
            .feature("map", sum(Swipe::amount).by(Swipe::merchant).over(lifetime())),
        """
        feature of_feature: a condition on events can't read the feature [other]
            cure: read fields of the event: field(Record::component)
        feature of_request: what is computed of an event can't read the request
            cure: read fields of the event: field(Record::component)
        feature twice: its category [a] is listed twice
            cure: list it once
        feature no_list: sum gives one value, not a list
            cure: drop asColumns()
        feature map: sum by category looks through the whole window for each request, and a lifetime has no end
            cure: give it a window with an end: last(days(90)) or lastEvents(100)
        feature spaced_a b: the name can't be a column in every tool
            cure: use letters, digits and underscores, beginning with a letter or an underscore
        """);
  }

  @Test
  void settingsGivenTwice() {
    assertErrors(
        view()
            .feature("hop", count().over(last(days(1)).hop(hours(1)).hop(hours(2))))
            .feature(
                "end", count().over(last(days(1)).endingBefore(hours(1)).endingBefore(hours(2))))
            .feature("within", count().over(session(hours(1)).within(days(1)).within(days(2))))
            .feature(
                "by",
                sum(Swipe::amount)
                    .by(Swipe::merchant, "a", "b")
                    .by(Swipe::card)
                    .over(last(days(1)))),
        """
        feature hop: hop is set twice, first to PT1H, then to PT2H
            cure: keep one of the two calls of hop(...)
        feature end: endingBefore is set twice, first to PT1H, then to PT2H
            cure: keep one of the two calls of endingBefore(...)
        feature within: within is set twice, first to PT24H, then to PT48H
            cure: keep one of the two calls of within(...)
        feature by: by is set twice, first to Swipe::merchant of [a, b], then to Swipe::card
            cure: keep one of the two calls of by(...)
        """);
  }

  @Test
  void aCycleIsReportedWithTheOthers() {
    assertErrors(
        FeatureSet.named("s")
            .forEach(swipes)
            .with(view().feature("x", count().over(last(minutes(0)))))
            .derive("a", feature("b").plus(1))
            .derive("b", feature("a").plus(1)),
        """
        feature x: its window is PT0S, which is not a positive number of microseconds
            cure: give a positive duration: last(minutes(10))
        feature a: it is derived from itself: a -> b -> a
            cure: break the cycle: derive one of them from request fields or window features only
        """);
  }
}
