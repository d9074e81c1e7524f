package dev.lockstep.examples.patterns;

import static dev.lockstep.examples.patterns.Marketplace.RANKING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.examples.patterns.Marketplace.Candidate;
import dev.lockstep.examples.patterns.Marketplace.Sale;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarketplaceTest {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

  @Test
  void revenueIsPriceTimesQuantityAndPricesAreOfTheNewestSalesOfAMonth() {
    TestBench bench =
        TestBench.of(RANKING)
            .send(
                sale("s1", "bea", 99, 1, Duration.ofDays(31)), // too old for a price
                sale("s2", "bea", 10, 3, Duration.ofDays(8)),
                sale("s3", "cem", 20, 2, Duration.ofDays(2)));

    Answer answer = bench.ask(new Candidate("c1", "bea", "shop", 4, 30, NOON));

    assertEquals(15.0, answer.number("item_price_avg"));
    assertEquals(2.0, answer.number("price_to_usual"));
    assertEquals(2, answer.integer("item_sold_7d"));
    assertEquals(40.0, answer.number("seller_revenue_7d"));
    assertEquals(70.0, answer.number("seller_revenue_30d"));
    assertEquals(1, answer.integer("bought_there_30d"));

    Answer unknown = bench.ask(new Candidate("c2", "dan", "other", 5, 30, NOON));
    assertEquals(0, unknown.integer("item_sold_7d"));
  }

  private static Sale sale(String id, String buyer, double price, int quantity, Duration ago) {
    return new Sale(id, buyer, "shop", 4, price, quantity, NOON.minus(ago));
  }
}
