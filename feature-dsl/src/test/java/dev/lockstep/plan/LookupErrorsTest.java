package dev.lockstep.plan;

import static dev.lockstep.define.Expressions.lookup;
import static dev.lockstep.define.Expressions.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.define.Table;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Lookups by fields of other lookups: what a plan makes of them, and what it refuses (C10, C13).
 */
class LookupErrorsTest {
  record Order(String id, String customer, String product, double amount, Instant at) {}

  record Customer(String id, String city, double since) {}

  record City(String name, String region, double rent) {}

  record Price(String city, String product, double price) {}

  private static final EventSource<Order> ORDERS =
      EventSource.of(Order.class).named("orders").id(Order::id).eventTime(Order::at);
  private static final Entity<String> CUSTOMER = Entity.string("customer");
  private static final Table<Customer> CUSTOMERS =
      Table.of(Customer.class).named("customers").by(CUSTOMER, Customer::id);
  private static final Table<City> CITIES =
      Table.of(City.class).named("cities").by(Entity.string("city"), City::name);
  private static final Table<Price> PRICES =
      Table.of(Price.class)
          .named("prices")
          .by(
              Entity.pair("price", Entity.string("city"), Entity.string("product")),
              Price::city,
              Price::product);

  private static FeatureSet<Order> set() {
    return FeatureSet.named("s").forEach(ORDERS).entity(CUSTOMER, Order::customer);
  }

  private static void assertErrors(FeatureSet<?> set, String expected) {
    DefinitionException thrown = assertThrows(DefinitionException.class, () -> FeaturePlan.of(set));
    assertEquals(
        expected.strip(),
        thrown.errors().stream().map(DefinitionError::toString).collect(Collectors.joining("\n")));
  }

  @Test
  void aChainIsAskedLevelByLevel() {
    FeaturePlan plan =
        FeaturePlan.of(
            set()
                .lookup(CITIES.via("city", lookup(CUSTOMERS, Customer::city)), City::rent)
                .lookup(
                    PRICES.via("price", lookup(CUSTOMERS, Customer::city), request(Order::product)),
                    Price::price)
                .derive(
                    "share",
                    lookup(CITIES.via(lookup(CUSTOMERS, Customer::city)), City::rent)
                        .dividedBy(request(Order::amount))));
    assertEquals(
        List.of("city_rent", "price_price", "share"),
        plan.features().stream().map(FeatureColumn::name).toList());
    // The customer is looked up for its city alone, and the rent once.
    assertEquals(3, plan.asks().size());
    assertEquals(List.of(0, 1, 1), plan.asks().stream().map(Ask::level).toList());
    assertEquals(List.of(), plan.unseen());
    assertTrue(
        plan.explain()
            .contains(
                "lookup prices by customers(request.customer).city, request.product: of the"
                    + " versions known by then"),
        plan.explain());
    assertTrue(
        plan.explain().contains("cities(customers(request.customer).city).rent"), plan.explain());
    assertTrue(
        PlanReading.of(plan.text())
            .contains("table cities, field rent:double by customers(request.customer"),
        PlanReading.of(plan.text()));
  }

  @Test
  void whatOnlyAnExpressionReadsIsNotInTheVector() {
    FeaturePlan plan =
        FeaturePlan.of(set().derive("age", lookup(CUSTOMERS, Customer::since).plus(1)));
    assertEquals(List.of("age"), plan.features().stream().map(FeatureColumn::name).toList());
    assertEquals(1, plan.unseen().size());
    FeaturePlan seen =
        FeaturePlan.of(
            set()
                .derive("age", lookup(CUSTOMERS, Customer::since).plus(1))
                .lookup(CUSTOMERS, Customer::since));
    assertEquals(List.of(), seen.unseen());
  }

  @Test
  void aKeyOfAnotherType() {
    assertErrors(
        set().lookup(CITIES.via("city", lookup(CUSTOMERS, Customer::since)), City::rent),
        """
        feature city_rent: the key of entity city is text, but [customers(request.customer).since] is a double
            cure: key it by a column that is text
        """);
  }

  @Test
  void tooFewParts() {
    assertErrors(
        set().lookup(PRICES.via("price", lookup(CUSTOMERS, Customer::city)), Price::price),
        """
        feature price_price: the key of entity price has 2 parts, but is given by 1 column
            cure: name one column for each part: [text, text]
        """);
  }

  @Test
  void aKeyThatIsComputed() {
    assertErrors(
        set().lookup(CITIES.via("city", request(Order::product).lower()), City::rent),
        """
        feature city_rent: its table is looked up by what an expression computes
            cure: look it up by a column, request(Request::column), or by a field of another table, lookup(OTHER, Record::field)
        """);
  }

  @Test
  void aRequestThatDoesNotSayWhich() {
    assertErrors(
        FeatureSet.named("s")
            .forEach(ORDERS)
            .lookup(CITIES.via("city", lookup(CUSTOMERS, Customer::city)), City::rent),
        """
        feature city_rent: the request doesn't say which customer it is about
            cure: add .entity(customer, Request::column), or look it up by a column: .lookup(TABLE.via("prefix", Request::column), ...)
        """);
  }

  @Test
  void aFieldThatNoVersionHolds() {
    assertErrors(
        set()
            .lookup(CUSTOMERS, Column.<Customer, Double>computed("old", 1, Double.class, c -> 1.0)),
        """
        feature of table customers: [old] is computed, and no field of a version
            cure: look up what it reads, and compute in an expression: .derive("name", lookup(TABLE, Record::field)...)
        """);
  }

  @Test
  void aLabelLooksUpNothing() {
    DefinitionException thrown =
        assertThrows(
            DefinitionException.class,
            () ->
                FeaturePlan.of(
                    set().request("amount", Order::amount),
                    Label.from(ORDERS).on(Order::id).is("l", lookup(CUSTOMERS, Customer::since))));
    assertEquals(
        """
        label l: what is computed of an event can't look up table customers
            cure: read fields of the event: field(Record::component)\
        """,
        thrown.errors().get(0).toString());
  }
}
