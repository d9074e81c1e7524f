package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.firstK;
import static dev.lockstep.define.Aggregations.gapMean;
import static dev.lockstep.define.Aggregations.gapStddev;
import static dev.lockstep.define.Aggregations.lastKDistinct;
import static dev.lockstep.define.Aggregations.topK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the plan says of aggregations of order and times that make no sense. */
class SequenceErrorsTest {
  record Sale(String shop, double amount, String what, Instant at) {}

  private static final EventSource<Sale> SALES =
      EventSource.of(Sale.class).named("sales").eventTime(Sale::at);
  private static final Entity<String> SHOP = Entity.string("shop");

  private static FeatureSet<Sale> with(Aggregate<Sale> aggregate, Window window) {
    return FeatureSet.named("s")
        .forEach(SALES)
        .entity(SHOP, Sale::shop)
        .with(
            FeatureView.named("v")
                .over(SALES)
                .by(SHOP, Sale::shop)
                .feature("f", aggregate.over(window)));
  }

  private static DefinitionError error(Aggregate<Sale> aggregate, Window window) {
    FeatureSet<Sale> set = with(aggregate, window);
    List<DefinitionError> errors =
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(set)).errors();
    assertEquals(1, errors.size(), errors::toString);
    assertEquals("feature f", errors.get(0).subject());
    return errors.get(0);
  }

  @Test
  void listsOfNoOrTooManyElements() {
    Window window = Window.lastEvents(5);
    for (int k : List.of(0, -1, 1001, Integer.MAX_VALUE)) {
      String cure = "ask for 1 to 1000 elements, not " + k;
      assertEquals(cure, error(firstK(Sale::what, k), window).cure());
      assertEquals(cure, error(firstK(Sale::what, k).asColumns(), window).cure());
      assertEquals(cure, error(topK(Sale::amount, k).asColumns(), window).cure());
      assertEquals(cure, error(lastKDistinct(Sale::what, k).asColumns(), window).cure());
    }
    assertEquals(
        1000, FeaturePlan.of(with(firstK(Sale::what, 1000).asColumns(), window)).features().size());
  }

  @Test
  void whatHasNoOrder() {
    DefinitionError error = error(topK(Sale::what, 3), Window.lastEvents(5));
    assertTrue(error.problem().endsWith("topK can't take [what], which is STRING"), error::problem);
    assertEquals("rank a number or an instant", error.cure());
  }

  @Test
  void gapsOfTooFewEvents() {
    DefinitionError error = error(gapMean(), Window.lastEvents(1));
    assertEquals("gapMean makes no sense over lastEvents(1)", error.problem());
    assertEquals("it takes 2 events: lastEvents(2) or more", error.cure());
    assertEquals(
        "it takes 3 events: lastEvents(3) or more",
        error(gapStddev(), Window.lastEvents(2)).cure());
  }

  @Test
  void whatReadsTheWindowHasNoLifetime() {
    assertTrue(
        error(lastKDistinct(Sale::what, 3), Window.lifetime())
            .problem()
            .startsWith("lastKDistinct looks through the whole window"));
  }
}
