package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.DefinitionWarning;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.plan.Shop.Swipe;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Features that can see their label are warned of. */
class LeakCheckTest {
  record Landing(String swipe, String card, double delay, Instant at, Instant landed) {}

  private static final EventSource<Landing> LANDINGS =
      EventSource.of(Landing.class).named("landings").eventTime(Landing::at);

  private static FeatureSet<Swipe> set(EventSource<Landing> landings) {
    return FeatureSet.named("s")
        .forEach(Shop.swipes())
        .entity(Shop.CARD, Swipe::card)
        .request("amount", Swipe::amount)
        .with(
            FeatureView.named("delays")
                .over(landings)
                .by(Shop.CARD, Landing::card)
                .feature("delay_avg_1h", avg(Landing::delay).over(last(hours(1))))
                .feature("landings_1h", count().over(last(hours(1)))));
  }

  private static Label<Landing> label(EventSource<Landing> landings) {
    return Label.from(landings).on(Landing::swipe).is("delayed", field(Landing::delay));
  }

  private static FeaturePlan plan(EventSource<Landing> landings) {
    return FeaturePlan.of(set(landings), label(landings));
  }

  @Test
  void aSourceWithoutAvailability() {
    FeaturePlan plan = plan(LANDINGS);
    String expected =
        """
        label delayed: delay_avg_1h, landings_1h read landings, the label's source, which names no \
        availability time: in history without arrival times its events count as known when they \
        happened, so features can see the label
            cure: say on source landings when an event could first be known: \
        .availableAt(Record::instant); if truly when it happened, by the event time's own column\
        """;
    assertEquals(List.of(expected), texts(plan.warnings()));
    assertEquals(List.of(expected), texts(plan.warnings(Set.of("swipes", "landings"))));
    assertEquals(List.of(), plan.warnings(Set.of("swipes")), "its history carries arrival times");
    assertTrue(plan.explain().endsWith("warnings\n  " + expected.replace("\n", "\n  ") + "\n"));
  }

  @Test
  void whatIsNoLeak() {
    assertEquals(List.of(), plan(LANDINGS.availableAt(Landing::landed)).warnings());
    assertEquals(List.of(), plan(LANDINGS.availableAt(Landing::at)).warnings(), "it says when");
    assertEquals(List.of(), FeaturePlan.of(set(LANDINGS)).warnings(), "no label");
    assertEquals(List.of(), FeaturePlan.of(Shop.fraud(), Shop.label()).warnings(), "not read");
    FeatureSet<Swipe> fraud = Shop.fraud();
    Label<Swipe> next =
        Label.of("n", count().over(next(hours(1))))
            .from(fraud.requests())
            .by(Shop.CARD, Swipe::card);
    assertEquals(
        List.of(), FeaturePlan.of(fraud, next).warnings(), "a request knows what it asks with");
  }

  @Test
  void aLabelOfTheRequestsOwn() {
    EventSource<Swipe> swipes = Shop.swipes();
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(swipes)
            .request("amount", Swipe::amount)
            .derive("twice", request(Swipe::amount).times(2))
            .with(
                FeatureView.named("v")
                    .over(swipes)
                    .by(Shop.CARD, Swipe::card)
                    .feature("n", count().over(last(hours(1))))
                    .feature("seq", max(Swipe::seq).over(last(hours(1))))
                    .feature("here", count().by(Swipe::seq).at(Swipe::seq).over(last(hours(1))))
                    .feature(
                        "great",
                        count().where(field(Swipe::seq).greaterThan(3)).over(last(hours(1)))));
    assertEquals(
        List.of(
            """
            label outcome: seq, great, here read request.seq, the label itself, which isn't known yet \
            when a request asks
                cure: drop them, or read outcomes from a source of their own that says when each \
            was known\
            """),
        texts(FeaturePlan.of(set, Label.column("outcome", Swipe::seq)).warnings()));
    assertEquals(1, FeaturePlan.of(set, Label.column("outcome", Swipe::amount)).warnings().size());
  }

  private static List<String> texts(List<DefinitionWarning> warnings) {
    return warnings.stream().map(DefinitionWarning::toString).toList();
  }
}
