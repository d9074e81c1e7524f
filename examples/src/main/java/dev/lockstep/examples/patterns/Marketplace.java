package dev.lockstep.examples.patterns;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import java.time.Instant;

/** Marketplace ranking: one request for each item that a search might show. */
public final class Marketplace {
  private Marketplace() {}

  /** An item that may be shown to a buyer. */
  public record Candidate(
      String id, String buyer, String seller, long item, double price, Instant at) {}

  /** An item was sold. */
  public record Sale(
      String id, String buyer, String seller, long item, double price, int quantity, Instant at) {}

  public static final EventSource<Candidate> CANDIDATES =
      EventSource.of(Candidate.class)
          .named("candidates")
          .id(Candidate::id)
          .eventTime(Candidate::at);

  public static final EventSource<Sale> SALES =
      EventSource.of(Sale.class).named("sales").id(Sale::id).eventTime(Sale::at);

  public static final Entity<Number> ITEM = Entity.integer("item");
  public static final Entity<String> SELLER = Entity.string("seller");
  public static final Entity<Entity.Pair<String, String>> BUYER_AND_SELLER =
      Entity.of("buyer_and_seller", String.class, String.class);

  // region computed
  public static final FeatureView<Sale> ITEM_SALES =
      FeatureView.named("item_sales")
          .over(SALES)
          .by(ITEM, Sale::item)
          .feature("item_price_avg", avg(Sale::price).over(lastEvents(10).within(days(30))))
          .feature("item_sold_7d", sum(Sale::quantity).over(last(days(7))).orElse(0));

  public static final FeatureView<Sale> SELLER_SALES =
      FeatureView.named("seller_sales")
          .over(SALES)
          .by(SELLER, Sale::seller)
          .features(
              "revenue",
              sum(field(Sale::price).times(field(Sale::quantity))).over(last(days(7), days(30))))
          .prefixed("seller");

  public static final FeatureView<Sale> BOUGHT_THERE =
      FeatureView.named("bought_there")
          .over(SALES)
          .by(BUYER_AND_SELLER, Sale::buyer, Sale::seller)
          .feature("bought_there_30d", count().over(last(days(30))));

  public static final FeatureSet<Candidate> RANKING =
      FeatureSet.named("ranking_v1")
          .forEach(CANDIDATES)
          .entity(ITEM, Candidate::item)
          .entity(SELLER, Candidate::seller)
          .entity(BUYER_AND_SELLER, Candidate::buyer, Candidate::seller)
          .request("price", Candidate::price)
          .with(ITEM_SALES, SELLER_SALES, BOUGHT_THERE)
          .derive("price_to_usual", request(Candidate::price).dividedBy(feature("item_price_avg")));
  // endregion
}
