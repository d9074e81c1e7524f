package dev.lockstep.plan;

import static dev.lockstep.define.About.about;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.About;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people should know about a definition, and parts of definitions used again. */
class AboutTest {
  record Swipe(String card, String country, Double amount, Instant at) {}

  record Account(String card, String tier) {}

  private static final Entity<String> CARD = Entity.string("card");

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at);

  private static final FeatureView<Swipe> ACTIVITY =
      FeatureView.named("activity")
          .over(SWIPES)
          .by(CARD, Swipe::card)
          .feature("swipes_1h", count().over(last(hours(1))))
          .feature("spend_1h", sum(Swipe::amount).over(last(hours(1))));

  private static FeatureSet<Swipe> set(FeatureView<Swipe> view) {
    return FeatureSet.named("s").forEach(SWIPES).with(view);
  }

  private static List<String> names(FeatureSet<?> set) {
    return FeaturePlan.of(set).features().stream().map(FeatureColumn::name).toList();
  }

  private static List<DefinitionError> errors(FeatureSet<?> set) {
    return assertThrows(DefinitionException.class, () -> FeaturePlan.of(set)).errors();
  }

  @Test
  void whatIsSaidIsInThePlanForPeopleAndInNoFingerprint() {
    EventSource<Swipe> swipes = SWIPES.about(about("Card swipes").owner("payments"));
    FeatureView<Swipe> told =
        FeatureView.named("activity")
            .over(swipes)
            .by(CARD, Swipe::card)
            .feature("swipes_1h", count().over(last(hours(1))), about("How often").unit("swipes"))
            .feature(
                "spend_1h", sum(Swipe::amount).over(last(hours(1))), about("How much").sensitive())
            .about(about("What the card did").owner("risk").tags("velocity"));
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s").forEach(swipes).with(told).about(about("For fraud").owner("ml")));

    assertEquals("How often (in swipes, owner risk, #velocity)", text(plan, "swipes_1h"));
    assertEquals("How much (owner risk, #velocity, sensitive)", text(plan, "spend_1h"));
    assertEquals("risk", plan.about().ofView("activity").owner());
    assertEquals("For fraud (owner ml)", plan.about().ofSet().toString());
    String explained = plan.explain();
    for (String line :
        List.of(
            "For fraud (owner ml)",
            "Card swipes (owner payments)",
            "What the card did (owner risk, #velocity)",
            "How often (in swipes, owner risk, #velocity)")) {
      assertTrue(explained.contains(line), explained);
    }
    assertEquals(FeaturePlan.of(set(ACTIVITY)).fingerprint(), plan.fingerprint());
    assertEquals(FeaturePlan.of(set(ACTIVITY)).text(), plan.text());
  }

  private static String text(FeaturePlan plan, String feature) {
    return plan.about().ofFeature(feature).toString();
  }

  @Test
  void aFeatureThatStandsForSeveralIsSaidOfEach() {
    FeaturePlan plan =
        FeaturePlan.of(
            set(ACTIVITY)
                .oneHot("country", request(Swipe::country), "US", "DE")
                .about("country", about("Where").tags("place")));

    assertEquals("Where (#place)", text(plan, "country_US"));
    assertEquals("Where (#place)", text(plan, "country_DE"));
    assertEquals(About.NOTHING, plan.about().ofFeature("swipes_1h"));
  }

  @Test
  void aDeprecatedFeatureNamesItsSuccessor() {
    FeatureSet<Swipe> set =
        set(ACTIVITY)
            .derive("old", feature("spend_1h"))
            .about("old", about("").replacedBy("spend_1h"));
    FeaturePlan plan = FeaturePlan.of(set);

    assertEquals(
        List.of("feature old: it is deprecated\n    cure: use spend_1h"),
        plan.warnings().stream().map(Object::toString).toList());

    assertEquals(
        List.of(
            "it is deprecated in favour of [spend_2h], which the set doesn't have",
            "it is deprecated in favour of [older], itself"),
        errors(
                set(ACTIVITY)
                    .derive("old", feature("spend_1h"))
                    .derive("older", feature("spend_1h"))
                    .about("old", about("").replacedBy("spend_2h"))
                    .about("older", about("").replacedBy("older")))
            .stream()
            .map(DefinitionError::problem)
            .toList());
  }

  @Test
  void whatIsSaidTwiceOrOfNothingIsAMistake() {
    List<DefinitionError> errors =
        errors(
            set(ACTIVITY.about(about("a")).about(about("b")))
                .about(about("c"))
                .about(about("d"))
                .about("nobody", about("e")));

    assertEquals(
        List.of("feature set s", "view activity", "feature nobody"),
        errors.stream().map(DefinitionError::subject).toList());
  }

  @Test
  void aViewGivesSomeOfItsFeaturesUnderOtherNames() {
    assertEquals(List.of("spend_1h"), names(set(ACTIVITY.only("spend_1h"))));
    assertEquals(List.of("swipes_1h"), names(set(ACTIVITY.except("spend_1h"))));
    assertEquals(List.of("n", "spend_1h"), names(set(ACTIVITY.renamed("swipes_1h", "n"))));
    assertEquals(List.of("card_swipes_1h", "card_spend_1h"), names(set(ACTIVITY.prefixed("card"))));
    assertEquals(
        List.of("swipes_1h", "x_spend_1h"),
        names(
            set(ACTIVITY.only("swipes_1h")).with(ACTIVITY.only("spend_1h").prefixed("x").as("x"))));
  }

  @Test
  void namesThatAViewDoesNotHaveAreMistakesAllTogether() {
    assertEquals(
        List.of(
            "only(...) names [a], which is none of its features",
            "only(...) names [b], which is none of its features",
            "renamed(...) names [c], which is none of its features"),
        errors(set(ACTIVITY.only("a", "b", "spend_1h").renamed("c", "d"))).stream()
            .map(DefinitionError::problem)
            .toList());
  }

  @Test
  void aSetTakesInAnother() {
    Table<Account> accounts = Table.of(Account.class).named("accounts").by(CARD, Account::card);
    FeatureSet<Swipe> base =
        FeatureSet.named("base")
            .forEach(SWIPES)
            .entity(CARD, Swipe::card)
            .lookup(accounts, "tier")
            .about("tier", about("What the card is"));
    FeatureSet<Swipe> more =
        FeatureSet.named("more")
            .forEach(SWIPES)
            .request("amount", Swipe::amount)
            .including(base)
            .with(ACTIVITY);

    assertEquals(List.of("amount", "tier", "swipes_1h", "spend_1h"), names(more));
    assertEquals("What the card is", text(FeaturePlan.of(more), "tier"));
    assertEquals("more", FeaturePlan.of(more).name());
  }

  @Test
  void aSetOfOtherRequestsIsNotTakenIn() {
    EventSource<Swipe> others = EventSource.of(Swipe.class).named("others").eventTime(Swipe::at);
    FeatureSet<Swipe> base =
        FeatureSet.named("base").forEach(others).request("amount", Swipe::amount);

    assertEquals(
        List.of("it takes in set base, which is asked by another source's events"),
        errors(set(ACTIVITY).including(base)).stream().map(DefinitionError::problem).toList());
  }
}
