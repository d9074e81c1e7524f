package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.Shop.Swipe;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Views asked in roles: what a plan says of them, and what it refuses (C13). */
class RoleErrorsTest {
  private final EventSource<Swipe> swipes = Shop.swipes();
  private final FeatureView<Swipe> names =
      FeatureView.named("names")
          .over(swipes)
          .by(Entity.string("person"), Swipe::card)
          .feature("paid", sum(Swipe::amount).over(last(hours(1))));

  private FeatureSet<Swipe> set() {
    return FeatureSet.named("s").forEach(swipes);
  }

  private static void assertErrors(FeatureSet<?> set, String expected) {
    DefinitionException thrown = assertThrows(DefinitionException.class, () -> FeaturePlan.of(set));
    assertEquals(
        expected.strip(),
        thrown.errors().stream().map(DefinitionError::toString).collect(Collectors.joining("\n")));
  }

  @Test
  void oneStateManyAsks() {
    FeatureSet<Swipe> both =
        set()
            .with(names.askedBy(Swipe::card, "payer").askedBy(Swipe::merchant, "payee"))
            .request("amount", Swipe::amount);
    FeaturePlan plan = FeaturePlan.of(both);
    assertEquals(1, plan.branches().size());
    assertEquals(2, plan.asks().size());
    assertEquals(
        List.of("payer_paid", "payee_paid", "amount"),
        plan.features().stream().map(FeatureColumn::name).toList());
    assertEquals(
        List.of("payer", "payee"), plan.entities().stream().map(EntityKeyPlan::entity).toList());
    assertTrue(
        plan.explain()
            .contains(
                "view names over swipes by person (card), asked by request.card as payer, by"
                    + " request.merchant as payee"),
        plan.explain());
    // The state is the same, whoever asks, where the same columns order copies; the vector isn't.
    FeaturePlan one =
        FeaturePlan.of(
            set().with(names.askedBy(Swipe::card, "payer")).request("shop", Swipe::merchant));
    assertEquals(one.views().get(0).fingerprint(), plan.views().get(0).fingerprint());
    assertNotEquals(
        one.fingerprint(),
        FeaturePlan.of(set().with(names.askedBy(Swipe::merchant, "payer"))).fingerprint());
    // Said in two places it is one view still, and each answer stands where it was said.
    FeaturePlan apart =
        FeaturePlan.of(
            set()
                .with(names.askedBy(Swipe::card, "payer"))
                .request("amount", Swipe::amount)
                .with(names.askedBy(Swipe::merchant, "payee")));
    assertEquals(1, apart.branches().size());
    assertEquals(
        List.of("payer_paid", "amount", "payee_paid"),
        apart.features().stream().map(FeatureColumn::name).toList());
  }

  @Test
  void viewsOfOneRoleShareItsKeysName() {
    FeatureView<Swipe> others =
        FeatureView.named("others")
            .over(swipes)
            .by(Shop.MERCHANT, Swipe::merchant)
            .feature("seen", count().over(last(hours(1))));
    FeaturePlan plan =
        FeaturePlan.of(
            set()
                .with(names.askedBy(Swipe::card, "payer"))
                .with(others.askedBy(Swipe::card, "payer")));
    assertEquals(List.of("payer"), plan.entities().stream().map(EntityKeyPlan::entity).toList());
    assertErrors(
        set()
            .with(names.askedBy(Swipe::card, "payer"))
            .with(others.askedBy(Swipe::merchant, "payer")),
        """
        view others, role payer: vectors would call two keys [payer]: [card] and [merchant]
            cure: give the role another prefix, or ask by the same key
        """);
  }

  @Test
  void aKeyOfAnotherType() {
    assertErrors(
        set().with(names.askedBy(Swipe::seq, "payer")),
        """
        view names, role payer: the key of entity person is text, but [seq] is an integer
            cure: key it by a column that is text
        """);
  }

  @Test
  void aKeyOfTooManyParts() {
    assertErrors(
        set().with(names.askedBy(Swipe::card, Swipe::merchant, "payer")),
        """
        view names, role payer: the key of entity person has 1 part, but is given by 2 columns
            cure: name one column for each part: [text]
        """);
  }

  @Test
  void theSamePrefixTwice() {
    assertErrors(
        set().with(names.askedBy(Swipe::card, "payer").askedBy(Swipe::merchant, "payer")),
        """
        view names: it is asked twice in the role [payer]
            cure: give each of its keys a prefix of its own: .askedBy(Payment::sender, "sender").askedBy(Payment::receiver, "receiver")
        feature payer_paid: the name is used twice, by view names as payer and by view names as payer
            cure: rename one of the two; of a list of windows, give one a feature(...) of its own
        """);
  }

  @Test
  void aPrefixThatIsNone() {
    assertErrors(
        set().with(names.askedBy(Swipe::card, "the payer")),
        """
        view names, role the payer: [the payer] can't be what the names of features begin with
            cure: use letters, digits and underscores, beginning with a letter or an underscore
        """);
  }

  @Test
  void inRolesAndWithoutOne() {
    assertErrors(
        set().with(names).with(names.askedBy(Swipe::merchant, "payee")),
        """
        view names: it is asked in roles, and without one as well
            cure: let each of its keys be a role: .with(VIEW.askedBy(Request::column, "prefix"))
        """);
  }

  @Test
  void aNameThatAFeatureHas() {
    assertErrors(
        set().with(names.askedBy(Swipe::card, "payer")).request("payer_paid", Swipe::amount),
        """
        feature payer_paid: the name is used twice, by view names as payer and by derived feature
            cure: rename one of the two
        """);
  }

  @Test
  void aRoleThatAFeatureIsCalledBy() {
    assertErrors(
        set().with(names.askedBy(Swipe::card, "payer")).request("payer", Swipe::amount),
        """
        feature payer: the name is that of an entity's key in vectors and training sets
            cure: rename one of the two
        """);
  }
}
