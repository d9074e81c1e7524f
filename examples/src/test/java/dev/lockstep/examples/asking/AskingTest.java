package dev.lockstep.examples.asking;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.lookup;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The definitions of docs/asking.md, tried. */
class AskingTest {
  record Payment(String id, String sender, String receiver, long cents, Instant at) {}

  record Order(String id, String customer, String product, double price, Instant at) {}

  record Customer(String id, String city, String tier, Instant since) {}

  record City(String name, double rent, Instant since) {}

  record Shipping(String city, String product, double fee, Instant since) {}

  private static final EventSource<Payment> PAYMENTS =
      EventSource.of(Payment.class).named("payments").id(Payment::id).eventTime(Payment::at);
  private static final EventSource<Order> ORDERS =
      EventSource.of(Order.class).named("orders").id(Order::id).eventTime(Order::at);
  private static final Entity<String> ACCOUNT = Entity.string("account");
  private static final Entity<String> CUSTOMER = Entity.string("customer");
  private static final Entity<String> CITY = Entity.string("city");

  // region roles
  static final FeatureView<Payment> SENT =
      FeatureView.named("sent")
          .over(PAYMENTS)
          .by(ACCOUNT, Payment::sender)
          .feature("payments_1h", count().over(last(hours(1))))
          .feature("cents_24h", sum(Payment::cents).over(last(hours(24))));

  static final FeatureSet<Payment> TRANSFERS =
      FeatureSet.named("transfers_v1")
          .forEach(PAYMENTS)
          .with(SENT.askedBy(Payment::sender, "sender").askedBy(Payment::receiver, "receiver"));
  // endregion

  // region chain
  static final Table<Customer> CUSTOMERS =
      Table.of(Customer.class)
          .named("customers")
          .by(CUSTOMER, Customer::id)
          .effectiveFrom(Customer::since);

  static final Table<City> CITIES =
      Table.of(City.class).named("cities").by(CITY, City::name).effectiveFrom(City::since);

  static final Table<Shipping> SHIPPING =
      Table.of(Shipping.class)
          .named("shipping")
          .by(
              Entity.pair("shipment", CITY, Entity.string("product")),
              Shipping::city,
              Shipping::product)
          .effectiveFrom(Shipping::since);

  static final FeatureSet<Order> SALES =
      FeatureSet.named("sales_v1")
          .forEach(ORDERS)
          .entity(CUSTOMER, Order::customer)
          .lookup(CITIES.via("city", lookup(CUSTOMERS, Customer::city)), City::rent)
          .lookup(
              SHIPPING.via("shipping", lookup(CUSTOMERS, Customer::city), request(Order::product)),
              Shipping::fee)
          .oneHot("tier", lookup(CUSTOMERS, Customer::tier), "gold", "silver");

  // endregion

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static Instant minute(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  @Test
  void aPaymentAsksOfBothItsAccounts() {
    Answer answer =
        TestBench.of(TRANSFERS)
            .send(new Payment("p1", "anna", "bob", 500, minute(0)))
            .ask(new Payment("p2", "bob", "anna", 200, minute(10)));

    assertEquals(1, answer.integer("sender_payments_1h")); // its own
    assertEquals(200, answer.integer("sender_cents_24h"));
    assertEquals(1, answer.integer("receiver_payments_1h"));
    assertEquals(500, answer.integer("receiver_cents_24h"));
  }

  @Test
  void anOrderFindsTheCityOfItsCustomer() {
    TestBench bench =
        TestBench.of(SALES)
            .send(new Customer("anna", "Ulm", "gold", minute(0)))
            .send(new City("Ulm", 11.5, minute(0)), new City("Bonn", 9.5, minute(0)))
            .send(new Shipping("Ulm", "tea", 2.5, minute(0)));
    Answer answer = bench.ask(new Order("o1", "anna", "tea", 20, minute(10)));

    assertEquals(11.5, answer.number("city_rent"));
    assertEquals(2.5, answer.number("shipping_fee"));
    assertEquals(1, answer.integer("tier_gold"));
    assertEquals(0, answer.integer("tier_silver"));

    Answer moved =
        bench
            .send(new Customer("anna", "Bonn", "silver", minute(15)))
            .ask(new Order("o2", "anna", "tea", 20, minute(20)));
    assertEquals(9.5, moved.number("city_rent"));
  }
}
