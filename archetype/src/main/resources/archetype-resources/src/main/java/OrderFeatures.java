package ${package};

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.sinceLast;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Emission.ordered;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;

/** What is known about an order when it is placed. */
public final class OrderFeatures {
  private OrderFeatures() {}

  // Sources: what happened. A source is a topic in a stream, and Parquet files of history.

  public static final EventSource<Order> ORDERS =
      EventSource.of(Order.class).named("orders").id(Order::id).eventTime(Order::at);

  public static final EventSource<Return> RETURNS =
      EventSource.of(Return.class).named("returns").eventTime(Return::at);

  // Entities: what features are about.

  public static final Entity<String> CUSTOMER = Entity.string("customer");
  public static final Entity<String> PRODUCT = Entity.string("product");

  // Views: features of one source by one entity.

  public static final FeatureView<Order> CUSTOMER_ORDERS =
      FeatureView.named("customer_orders")
          .over(ORDERS)
          .by(CUSTOMER, Order::customer)
          .features("customer_orders", count().over(last(hours(24), days(7), days(30))))
          .feature("customer_spent_30d", sum(Order::amount).over(last(days(30))))
          .feature(
              "customer_amount_avg_30d",
              avg(Order::amount).over(last(days(30))).excludingRequest())
          .feature(
              "customer_express_30d",
              count().where(field(Order::express)).over(last(days(30))))
          .feature(
              "customer_seconds_since_last",
              sinceLast().over(last(days(30))).excludingRequest());

  public static final FeatureView<Order> PRODUCT_ORDERS =
      FeatureView.named("product_orders")
          .over(ORDERS)
          .by(PRODUCT, Order::product)
          .features("product_orders", count().over(last(hours(24), days(7))))
          .feature("product_customers_7d", distinct(Order::customer).over(last(days(7))))
          .feature("product_amount_avg_7d", avg(Order::amount).over(last(days(7))));

  // The set: what the model reads, for each order.

  public static final FeatureSet<Order> SET =
      FeatureSet.named("orders_v1")
          .forEach(ORDERS)
          .request("amount", Order::amount)
          .request("express", Order::express)
          .derive("hour_of_day", request(Order::at).hourOfDay())
          .with(CUSTOMER_ORDERS, PRODUCT_ORDERS)
          .derive("amount_over_average", request(Order::amount).ratioTo("customer_amount_avg_30d"))
          .emit(ordered());

  // The label: what came of it, for training alone.

  public static final Label<Return> RETURNED =
      Label.from(RETURNS).on(Return::order).within(days(14)).happened("returned");
}
