package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.countBy;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.lifetime;
import static dev.lockstep.define.Window.previousMonth;
import static dev.lockstep.define.Window.session;
import static dev.lockstep.define.Window.tumbling;
import static dev.lockstep.define.Window.weekToDate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.Shop.Swipe;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One line for several features: lists of windows, and counts by category. */
class FormsTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private final EventSource<Swipe> swipes = Shop.swipes();

  private FeatureView<Swipe> view() {
    return FeatureView.named("v").over(swipes).by(Shop.CARD, Swipe::card);
  }

  private FeaturePlan plan(FeatureView<Swipe> view) {
    return FeaturePlan.of(FeatureSet.named("s").forEach(swipes).with(view));
  }

  private List<String> features(FeatureView<Swipe> view) {
    return plan(view).features().stream().map(FeatureColumn::name).toList();
  }

  @Test
  void aFeatureForEachWindowIsNamedByIt() {
    assertEquals(
        List.of("amount_avg_1h", "amount_avg_3h", "amount_avg_24h"),
        features(
            view()
                .features(
                    "amount_avg", avg(Swipe::amount).over(last(hours(1), hours(3), hours(24))))));
    assertEquals(
        List.of(
            "n_90m",
            "n_7d_hop_1h",
            "n_7d_before_24h",
            "n_tumbling_10m",
            "n_tumbling_24h",
            "n_last_10",
            "n_last_10_within_30d",
            "n_session_30m",
            "n_week_to_date",
            "n_previous_month",
            "n_lifetime"),
        features(
            view()
                .features(
                    "n",
                    count()
                        .over(
                            last(minutes(90)),
                            last(days(7)).hop(hours(1)),
                            last(days(7)).endingBefore(days(1)),
                            tumbling(minutes(10)),
                            tumbling(days(1), PARIS),
                            lastEvents(10),
                            lastEvents(10).within(days(30)),
                            session(minutes(30), days(1)),
                            weekToDate(PARIS),
                            previousMonth(PARIS),
                            lifetime())
                        .excludingRequest())));
  }

  @Test
  void windowsOfOneName() {
    DefinitionException thrown =
        assertThrows(
            DefinitionException.class,
            () ->
                plan(
                    view()
                        .features(
                            "n",
                            sum(Swipe::amount)
                                .over(weekToDate(PARIS), weekToDate(ZoneId.of("UTC"))))));
    assertEquals(
        """
        feature n_week_to_date: the name is used twice, by view v and by view v
            cure: rename one of the two; of a list of windows, give one a feature(...) of its own""",
        thrown.errors().stream().map(DefinitionError::toString).collect(Collectors.joining("\n")));
  }

  @Test
  void countsByCategory() {
    assertEquals(
        List.of("late_damaged", "late_lost", "by_seq_1", "by_seq_2", "all", "again_a"),
        features(
            view()
                .feature("late", countBy(Swipe::merchant, "damaged", "lost").over(last(days(1))))
                .feature("by_seq", countBy(Swipe::seq, 1, 2).over(last(days(1))))
                .feature("all", countBy(Swipe::merchant).over(last(days(1))))
                .feature("again", count().by(Swipe::merchant, "a").over(last(days(1))))));
  }
}
