package dev.lockstep.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Aggregations;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.define.WindowedAggregate;
import dev.lockstep.plan.Shop.Swipe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanDifferenceTest {
  @Test
  void linesOfEitherTextAreShownInOrder() {
    assertEquals(
        List.of("- b", "+ B", "+ e"), PlanDifference.lines("a\nb\nc\nd\n", "a\nB\nc\nd\ne\n"));
    assertEquals(List.of("- a"), PlanDifference.lines("a\nb\n", "b\n"));
    assertEquals(List.of("+ x"), PlanDifference.lines("", "x"));
  }

  private static final EventSource<Swipe> SWIPES = Shop.swipes();

  private static FeatureView<Swipe> cards() {
    return FeatureView.named("cards").over(SWIPES).by(Shop.CARD, Swipe::card);
  }

  private static FeatureSet<Swipe> set(FeatureView<Swipe> view) {
    return FeatureSet.named("s")
        .forEach(SWIPES)
        .entity(Shop.CARD, Swipe::card)
        .with(view)
        .lookup(Shop.accounts(), "limit");
  }

  private static <T> WindowedAggregate<T> countedOver(Duration window) {
    return Aggregations.<T>count().over(Window.last(window));
  }

  @Test
  void whatOnlyMovedIsNotNamed() {
    FeatureView<Swipe> before = cards().feature("hour", countedOver(Duration.ofHours(1)));
    FeatureView<Swipe> after =
        cards()
            .feature("soon", countedOver(Duration.ofMinutes(10)))
            .feature("hour", countedOver(Duration.ofHours(1)));

    List<String> differences =
        PlanDifference.lines(FeaturePlan.of(set(before)).text(), FeaturePlan.of(set(after)).text());

    assertEquals(
        List.of(
            "+   soon = count() LONG -> LONG last 10m including request",
            "+ feature soon LONG from view cards, feature soon"),
        differences);
  }

  @Test
  void aViewInFrontLeavesLookupsAsTheyWere() {
    FeatureView<Swipe> view = cards().feature("hour", countedOver(Duration.ofHours(1)));
    FeatureView<Swipe> other =
        FeatureView.named("others")
            .over(SWIPES)
            .by(Shop.CARD, Swipe::card)
            .feature("days", countedOver(Duration.ofDays(3)));

    List<String> differences =
        PlanDifference.lines(
            FeaturePlan.of(set(view)).text(), FeaturePlan.of(set(view).with(other)).text());

    assertTrue(
        differences.stream().allMatch(l -> l.matches(".*(days|others|asked by).*")),
        differences::toString);
    assertTrue(differences.contains("+   days = count() LONG -> LONG last 3d including request"));
    assertTrue(differences.stream().noneMatch(l -> l.contains("limit")), differences::toString);
  }

  @Test
  void aPlanIsReadWithDurationsAsPeopleWriteThem() {
    String read =
        PlanReading.of(
            FeaturePlan.of(set(cards().feature("hour", countedOver(Duration.ofHours(1))))).text());

    assertTrue(read.contains(" lateness 24h clock_skew 5m"), read);
    assertTrue(read.contains(" last 1h including request"), read);
    assertTrue(read.contains("from table accounts, field limit"), read);
    assertFalse(read.matches("(?s).*\\d{7,}.*"), read);
  }

  @Test
  void equalTextsDontDiffer() {
    assertEquals(List.of(), PlanDifference.lines("a\nb\n", "a\nb\n"));
    assertEquals(List.of(), PlanDifference.lines("", ""));
  }
}
