package dev.lockstep.beam.testing;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ParityTest {
  record Order(String id, String customer, Double price, Instant at) {}

  record Customer(String customer, Instant from, Instant known, Integer grade) {}

  private static final EventSource<Order> ORDERS =
      EventSource.of(Order.class)
          .named("orders")
          .id(Order::id)
          .eventTime(Order::at)
          .lateness(hours(6));

  private static final Entity<String> CUSTOMER = Entity.string("customer");

  private static final Table<Customer> CUSTOMERS =
      Table.of(Customer.class)
          .named("customers")
          .by(CUSTOMER, Customer::customer)
          .effectiveFrom(Customer::from)
          .availableAt(Customer::known);

  private static FeatureSet<Order> set(Column<Order, Double> summed) {
    return FeatureSet.named("parity_v1")
        .forEach(ORDERS)
        .request("price", Order::price)
        .with(
            FeatureView.named("spend")
                .over(ORDERS)
                .by(CUSTOMER, Order::customer)
                .feature("orders_1h", count().over(last(hours(1))))
                .feature("spend_1h", sum(summed).over(last(hours(1)))))
        .lookup(CUSTOMERS, "grade")
        .derive("share", request(Order::price).dividedBy(feature("spend_1h")));
  }

  @Test
  void theSamePathsGiveTheSameBits() {
    Parity.Report report = Parity.check(set(Order::price), 7);

    System.out.println("parity of a user's set, " + report);
    assertTrue(report.requests() > 100, report.toString());
    assertEquals(report.requests() * 5L, report.values());
  }

  /** A computed column that isn't a function of its row: what Parity is there to find. */
  @Test
  void aColumnThatDependsOnWhenItIsReadIsFound() {
    FeatureSet<Order> unsteady =
        set(Column.computed("unsteady", 1, Double.class, ParityTest::nextRead));

    AssertionError found = assertThrows(AssertionError.class, () -> Parity.check(unsteady, 7));
    assertTrue(found.getMessage().startsWith("batch, seed 7: "), found.getMessage());
    assertTrue(found.getMessage().contains("the definition only: "), found.getMessage());
  }

  private static final AtomicLong READS = new AtomicLong();

  private static Double nextRead(Order order) {
    return (double) READS.incrementAndGet();
  }

  @Test
  void mistakesOfTheCallAreSaid() {
    assertThrows(DefinitionException.class, () -> Parity.check(set(o -> 1.0), 7));
    assertThrows(IllegalArgumentException.class, () -> Parity.check(set(Order::price), 7, 0));
  }
}
