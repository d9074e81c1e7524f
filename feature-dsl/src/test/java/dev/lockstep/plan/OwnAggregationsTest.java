package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.of;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ByCategory;
import dev.lockstep.aggregate.Listing;
import dev.lockstep.aggregate.Sum;
import dev.lockstep.aggregate.WindowRows;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.define.AggregationCatalog;
import dev.lockstep.define.AggregationDescription;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Window;
import dev.lockstep.plan.Shop.Swipe;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** C14: an aggregation of one's own is told from all others by its name and version. */
class OwnAggregationsTest {

  private interface Nothing extends Aggregation {
    @Override
    default Optional<String> rejection(List<ValueType> inputs) {
      return Optional.empty();
    }

    @Override
    default ValueType resultType(List<ValueType> inputs) {
      return ValueType.DOUBLE;
    }

    @Override
    default void finish(WindowState state, WindowRows rows, Values out, int index) {
      out.setNull(index);
    }
  }

  private record Own(String name, int version) implements Nothing {}

  private record Another(String name, int version) implements Nothing {}

  private record Scaled(double by) implements Nothing {
    @Override
    public String name() {
      return "scaled";
    }

    @Override
    public int version() {
      return 1;
    }
  }

  private static FeatureSet<Swipe> set(Aggregation... aggregations) {
    var swipes = Shop.swipes();
    FeatureView<Swipe> view = FeatureView.named("v").over(swipes).by(Shop.CARD, Swipe::card);
    for (int i = 0; i < aggregations.length; i++) {
      view = view.feature("x" + i, of(aggregations[i], Swipe::amount).over(last(hours(1))));
    }
    return FeatureSet.named("s").forEach(swipes).with(view);
  }

  private static String errors(DefinitionException thrown) {
    return thrown.errors().stream()
        .map(DefinitionError::toString)
        .collect(Collectors.joining("\n"))
        .replace(OwnAggregationsTest.class.getName() + "$", "");
  }

  private static String errors(Aggregation... aggregations) {
    return errors(assertThrows(DefinitionException.class, () -> FeaturePlan.of(set(aggregations))));
  }

  private static String fingerprint(Aggregation aggregation) {
    return FeaturePlan.of(set(aggregation)).fingerprint();
  }

  @Test
  void itsVersionCounts() {
    assertNotEquals(fingerprint(new Own("own", 1)), fingerprint(new Own("own", 2)));
    assertNotEquals(fingerprint(new Own("own", 1)), fingerprint(new Own("owned", 1)));
    assertEquals(fingerprint(new Own("own", 1)), fingerprint(new Own("own", 1)));
    assertTrue(
        FeaturePlan.of(set(new Own("own", 3))).text().contains("own@v3(amount:double) DOUBLE"));
    assertTrue(OwnAggregations.identity(new ByCategory(new Own("own", 3))).contains("own@v3"));
    assertEquals("sum_by", OwnAggregations.identity(new ByCategory(new Sum())));
  }

  @Test
  void itHasAVersionAndANameOfItsOwn() {
    assertEquals(
        """
        feature x0: the aggregation Own is named [sum], as one of the library's
            cure: give it a name of its own: let name() return "my_sum"
        feature x0: the aggregation [sum], Own, declares no version
            cure: let its version() return 1, and a greater number whenever its results change
        feature x1: [a b] can't be the name of an aggregation, Own
            cure: use letters, digits and _ . , : ( ) + -, beginning with a letter or an underscore\
        """,
        errors(new Own("sum", 0), new Own("a b", 1), new Own("sum", 0)));
  }

  @Test
  void twoOfOneName() {
    assertEquals(
        """
        feature x1: two aggregations are named [own] in version 1: Own and Another
            cure: rename one of the two\
        """,
        errors(new Own("own", 1), new Another("own", 1), new Own("own", 1)));
    assertEquals(
        """
        feature x1: two aggregations are named [scaled] in version 1: Scaled twice, unequal
            cure: make it a record of its parameters, and say them all in its name()\
        """,
        errors(new Scaled(1), new Scaled(2)));
  }

  @Test
  void ofALabel() {
    FeatureSet<Swipe> set = set(new Own("own", 1));
    Label<Swipe> label =
        Label.of("l", of(new Another("own", 1), Swipe::amount).over(Window.next(hours(1))))
            .from(EventSource.of(Swipe.class).named("again").eventTime(Swipe::at))
            .by(Shop.CARD, Swipe::card);
    String found =
        errors(assertThrows(DefinitionException.class, () -> FeaturePlan.of(set, label)));
    assertEquals(
        """
        label l: two aggregations are named [own] in version 1: Own and Another
            cure: rename one of the two\
        """,
        found);
  }

  @Test
  void everyNameOfTheLibraryIsReserved() {
    for (AggregationDescription entry : AggregationCatalog.all()) {
      Aggregation aggregation = entry.example();
      assertTrue(OwnAggregations.isReserved(aggregation.name()), aggregation.name());
      assertTrue(OwnAggregations.isReserved(new ByCategory(aggregation).name()), entry.call());
      if (aggregation instanceof Listing listing) {
        for (int place = 1; place <= 3; place++) {
          String name = listing.element(place).name();
          assertTrue(OwnAggregations.isReserved(name), name);
        }
      }
    }
    for (String own : List.of("midrange", "top_merchants", "last_visit", "summed", "my_sum")) {
      assertFalse(OwnAggregations.isReserved(own), own);
    }
  }
}
