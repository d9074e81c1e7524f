package dev.lockstep.examples.patterns;

import static dev.lockstep.examples.patterns.AdClicks.CLICK_RATE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.examples.patterns.AdClicks.Category;
import dev.lockstep.examples.patterns.AdClicks.Click;
import dev.lockstep.examples.patterns.AdClicks.Impression;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AdClicksTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  @Test
  void clicksAreReadAtTheCategoryThatIsAboutToBeShown() {
    TestBench bench =
        TestBench.of(CLICK_RATE)
            .at(NOON)
            .send(
                new Impression("i1", "u1", Category.BOOKS, NOON),
                new Impression("i2", "u1", Category.BOOKS, NOON),
                new Impression("i3", "u1", Category.CARS, NOON),
                new Click("i1", "u1", Category.BOOKS, NOON),
                new Click("i3", "u1", Category.CARS, NOON))
            .at(NOON.plusSeconds(60));

    Answer books = bench.ask(new Impression("i4", "u1", Category.BOOKS, NOON.plusSeconds(59)));
    assertEquals(1, books.integer("clicks_of_category_7d"));
    assertEquals(3, books.integer("shown_of_category_7d"));
    assertEquals(2, books.integer("clicks_7d"));
    assertEquals(1, books.integer("clicks_7d_CARS"));

    Answer travel = bench.ask(new Impression("i5", "u1", Category.TRAVEL, NOON.plusSeconds(59)));
    assertEquals(0, travel.integer("clicks_of_category_7d"));
    assertEquals(0.0, travel.number("rate_of_category"));
  }
}
