package dev.lockstep.examples.patterns;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.lookup;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import java.time.Instant;

/** From the order to its customer to the customer's city, each as known when the order came. */
public final class OrderCities {
  private OrderCities() {}

  /** What is asked about. */
  public record Order(String id, long customer, double price, Instant at) {}

  /** A customer, as of a day: people move. */
  public record Customer(long customer, String city, String tier, Instant from, Instant known) {}

  /** A city, as of a census. */
  public record City(String city, int inhabitants, double income, Instant from) {}

  public static final EventSource<Order> ORDERS =
      EventSource.of(Order.class).named("orders").id(Order::id).eventTime(Order::at);

  public static final Entity<Number> CUSTOMER = Entity.integer("customer");

  public static final Table<Customer> CUSTOMERS =
      Table.of(Customer.class)
          .named("customers")
          .by(CUSTOMER, Customer::customer)
          .effectiveFrom(Customer::from)
          .availableAt(Customer::known);

  public static final Table<City> CITIES =
      Table.of(City.class)
          .named("cities")
          .by(Entity.string("city"), City::city)
          .effectiveFrom(City::from);

  public static final FeatureView<Order> BOUGHT =
      FeatureView.named("bought")
          .over(ORDERS)
          .by(CUSTOMER, Order::customer)
          .feature("orders_30d", count().over(last(days(30))));

  // region chain
  public static final FeatureSet<Order> ORDER_VALUE =
      FeatureSet.named("order_value_v1")
          .forEach(ORDERS)
          .request("price", Order::price)
          .with(BOUGHT)
          .lookup(
              CITIES.via("city", lookup(CUSTOMERS, Customer::city)),
              City::inhabitants,
              City::income)
          .oneHot("tier", lookup(CUSTOMERS, Customer::tier), "gold", "silver")
          .derive("income_log", feature("city_income").log1p());
  // endregion
}
