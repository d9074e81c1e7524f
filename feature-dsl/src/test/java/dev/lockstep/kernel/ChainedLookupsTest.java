package dev.lockstep.kernel;

import static dev.lockstep.define.Expressions.lookup;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Table;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Order, customer, city: each as of the same request (C10), with values worked out by hand. */
class ChainedLookupsTest {
  record Order(String id, String customer, Instant at) {}

  record Customer(String id, @Nullable String city, Instant from, Instant known, boolean gone) {}

  record City(String name, long rent, Instant from, Instant known) {}

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Table<Customer> CUSTOMERS =
      Table.of(Customer.class)
          .named("customers")
          .by(Entity.string("customer"), Customer::id)
          .effectiveFrom(Customer::from)
          .availableAt(Customer::known)
          .deleted(Customer::gone);
  private static final Table<City> CITIES =
      Table.of(City.class)
          .named("cities")
          .by(Entity.string("city"), City::name)
          .effectiveFrom(City::from)
          .availableAt(City::known);
  private static final FeatureSet<Order> SET =
      FeatureSet.named("orders_v1")
          .forEach(EventSource.of(Order.class).named("orders").id(Order::id).eventTime(Order::at))
          .lookup(
              CITIES.via("city", lookup(CUSTOMERS.via(Order::customer), Customer::city)),
              City::rent);

  private static Instant minute(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  private static Customer lives(@Nullable String city, int from, int known) {
    return new Customer("anna", city, minute(from), minute(known), false);
  }

  /** The rent of anna's city, of an order at a minute. */
  private static @Nullable Object rent(int at, Record... versions) {
    FeaturePlan plan = FeaturePlan.of(SET);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> rows = new ArrayList<>();
    for (int i = 0; i <= versions.length; i++) {
      Record record = i < versions.length ? versions[i] : new Order("o", "anna", minute(at));
      String name =
          record instanceof Order ? "orders" : record instanceof Customer ? "customers" : "cities";
      int source = plan.source(name).orElseThrow().index();
      rows.add(
          oracle
              .admitted(new RecordedEvent(source, record, RecordedEvent.NO_RECORD_TIMESTAMP, i))
              .orElseThrow());
    }
    KernelRun run = new KernelRun(plan, rows);
    run.run(run.inKnowledgeOrder());
    List<OracleVector> expected = oracle.vectors(rows);
    assertEquals(expected.get(0).values(), run.vectors.get(versions.length).values());
    return expected.get(0).values().get(0);
  }

  @Test
  void bothVersionsAreThoseThatCountForTheRequest() {
    Record[] versions = {
      lives("Ulm", 0, 0),
      lives("Bonn", 10, 12),
      new City("Ulm", 500, minute(0), minute(0)),
      new City("Ulm", 600, minute(5), minute(6)),
      new City("Bonn", 700, minute(0), minute(11))
    };
    assertEquals(500L, rent(4, versions));
    assertEquals(600L, rent(8, versions));
    // She has moved, but nobody knows yet.
    assertEquals(600L, rent(11, versions));
    assertEquals(700L, rent(13, versions));
  }

  @Test
  void aMissingStepFindsNothing() {
    City bonn = new City("Bonn", 700, minute(0), minute(0));
    assertEquals(null, rent(5, bonn));
    assertEquals(null, rent(5, bonn, lives(null, 0, 0)));
    assertEquals(null, rent(5, bonn, lives("Ulm", 0, 0)));
    assertEquals(700L, rent(5, bonn, lives("Bonn", 0, 0)));
    Customer gone = new Customer("anna", "Bonn", minute(3), minute(3), true);
    assertEquals(null, rent(5, bonn, lives("Bonn", 0, 0), gone));
  }
}
