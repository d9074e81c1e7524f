package dev.lockstep.testing;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.next;
import static dev.lockstep.define.Window.previousDay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.RandomDefinitions.Refund;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import dev.lockstep.value.DoubleText;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A map by category, read at the request's own: what the map itself has there. */
class AtCategoryTest {
  private static final long SEED = 20261205;
  private static final List<Window> WINDOWS =
      List.of(last(hours(1)), last(days(90)), previousDay(ZoneOffset.UTC));

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at).id(Swipe::id);
  private static final EventSource<Refund> REFUNDS =
      EventSource.of(Refund.class).named("refunds").eventTime(Refund::at);

  private static <T> FeatureView<T> both(
      FeatureView<T> view, String name, Aggregate<T> map, Aggregate<T> at) {
    FeatureView<T> more = view;
    for (int w = 0; w < WINDOWS.size(); w++) {
      more =
          more.feature(name + "_map_" + w, map.over(WINDOWS.get(w)))
              .feature(name + "_at_" + w, at.over(WINDOWS.get(w)))
              .feature(name + "_map_x" + w, map.over(WINDOWS.get(w)).excludingRequest())
              .feature(name + "_at_x" + w, at.over(WINDOWS.get(w)).excludingRequest());
    }
    return more;
  }

  private static FeaturePlan plan() {
    FeatureView<Swipe> own =
        FeatureView.named("own").over(SWIPES).by(RandomDefinitions.CARD, Swipe::card);
    Aggregate<Swipe> most = max(Swipe::points);
    own =
        both(
            both(
                own,
                "n",
                count().by(Swipe::channel),
                count().by(Swipe::channel).at(Swipe::channel)),
            "most",
            most.by(Swipe::channel),
            most.by(Swipe::channel).at(Swipe::channel));
    Aggregate<Refund> back = sum(Refund::amount);
    FeatureView<Refund> other =
        both(
            FeatureView.named("other").over(REFUNDS).by(RandomDefinitions.CARD, Refund::card),
            "back",
            back.by(Refund::channel),
            back.by(Refund::channel).at(Swipe::channel));
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(SWIPES)
            .entity(RandomDefinitions.CARD, Swipe::card)
            .with(own)
            .with(other.askedBy(Swipe::card, "role").askedBy(Swipe::note, "noted"))
            .request("channel", Swipe::channel));
  }

  @Test
  void itIsWhatTheMapHasThere() {
    FeaturePlan plan = plan();
    List<String> names = plan.features().stream().map(FeatureColumn::name).toList();
    NaiveOracle oracle = new NaiveOracle(plan);
    int present = 0;
    int compared = 0;
    for (OracleVector vector : oracle.vectors(NastyEvents.onKafka(plan, SEED).rows(400))) {
      Object channel = vector.values().get(names.indexOf("channel"));
      for (String name : names) {
        if (!name.contains("_at_")) {
          continue;
        }
        String map = vector.values().getString(names.indexOf(name.replace("_at_", "_map_")));
        String right = there(map, channel, name.startsWith("n_"));
        Object found = vector.values().get(names.indexOf(name));
        String text = found instanceof Double real ? DoubleText.of(real) : String.valueOf(found);
        assertEquals(right, text, () -> name + " at " + channel + ", seed " + SEED);
        compared++;
        present += found == null || found.equals(0L) ? 0 : 1;
      }
    }
    assertTrue(present > compared / 10, present + " of " + compared);
  }

  private static String there(String map, Object channel, boolean isCount) {
    Matcher entry = Pattern.compile("\"" + channel + "\":([^,}]+)").matcher(String.valueOf(map));
    return channel != null && entry.find() ? entry.group(1) : isCount ? "0" : "null";
  }

  private static void assertErrors(DefinitionException thrown, String expected) {
    assertEquals(
        expected,
        thrown.errors().stream()
            .map(DefinitionError::toString)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void whatCannotBeReadAtACategory() {
    FeatureView<Swipe> view =
        FeatureView.named("v")
            .over(SWIPES)
            .by(RandomDefinitions.CARD, Swipe::card)
            .feature("a", count().by(Swipe::channel).at(Swipe::channel).over(lastEvents(3)))
            .feature("b", sum(Swipe::amount).at(Swipe::channel).over(last(hours(1))))
            .feature("c", count().by(Swipe::channel).at(Swipe::items).over(last(hours(1))))
            .feature("d", count().by(Swipe::tip).at(Swipe::tip).over(last(hours(1))));
    FeatureSet<Swipe> set = FeatureSet.named("s").forEach(SWIPES).with(view);
    assertErrors(
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(set)),
        """
        feature a: its window lastEvents(3) depends on events of all categories, and it reads those of one
            cure: give it a window of time, such as last(days(30)); or key a view by card and the category, where the window is of the category's events
        feature b: at(Swipe::channel) reads one value of a map by category, and there is no map
            cure: say first what the map is by, without listing values: by(Record::category)
        view v_by_channel_at_items: the key of entity card_channel is the enum Channel, but [items] is an integer
            cure: key it by a column that is the enum Channel
        entity card_tip: its key is a Double, which can't be one
            cure: key it by an id, or by a whole number made of it: Column.computed("cents", 1, Long.class, Record::price, price -> ...)
        """);
  }

  @Test
  void aLabelHasNoCategoryOfTheRequest() {
    Label<Swipe> label =
        Label.of("later", count().by(Swipe::channel).at(Swipe::channel).over(next(days(1))))
            .from(SWIPES)
            .by(RandomDefinitions.CARD, Swipe::card);
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(SWIPES)
            .entity(RandomDefinitions.CARD, Swipe::card)
            .request("amount", Swipe::amount);
    assertErrors(
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(set, label)),
        """
        label later: a label is of all categories, or of listed ones
            cure: drop at(...), or list them in by(...)
        """);
  }
}
