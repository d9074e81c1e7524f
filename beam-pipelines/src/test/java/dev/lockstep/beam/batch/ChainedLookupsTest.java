package dev.lockstep.beam.batch;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.lookup;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lookups by fields of other lookups, in batch, give what the definition says (C10). */
class ChainedLookupsTest {
  record Order(String id, String customer, String product, Double amount, Instant at) {}

  record Customer(String id, String city, Boolean vip, Instant from, boolean gone) {}

  record City(String name, String region, Double rent, Instant from, Instant known) {}

  record Region(String name, Integer risk, Instant from) {}

  record Price(String city, String product, Integer cents, Instant from) {}

  private static final EventSource<Order> ORDERS =
      EventSource.of(Order.class).named("orders").id(Order::id).eventTime(Order::at);
  private static final Entity<String> CUSTOMER = Entity.string("customer");
  private static final Entity<String> CITY = Entity.string("city");
  private static final Table<Customer> CUSTOMERS =
      Table.of(Customer.class)
          .named("customers")
          .by(CUSTOMER, Customer::id)
          .effectiveFrom(Customer::from)
          .deleted(Customer::gone);
  private static final Table<City> CITIES =
      Table.of(City.class)
          .named("cities")
          .by(CITY, City::name)
          .effectiveFrom(City::from)
          .availableAt(City::known);
  private static final Table<Region> REGIONS =
      Table.of(Region.class)
          .named("regions")
          .by(Entity.string("region"), Region::name)
          .effectiveFrom(Region::from);
  private static final Table<Price> PRICES =
      Table.of(Price.class)
          .named("prices")
          .by(Entity.pair("price", CITY, Entity.string("product")), Price::city, Price::product)
          .effectiveFrom(Price::from);

  private static final Table.KeyedTable<Order, City> OWN_CITY =
      CITIES.via("city", lookup(CUSTOMERS, Customer::city));

  private static final FeatureSet<Order> SET =
      FeatureSet.named("orders_v1")
          .forEach(ORDERS)
          .entity(CUSTOMER, Order::customer)
          .with(
              FeatureView.named("of_customer")
                  .over(ORDERS)
                  .by(CUSTOMER, Order::customer)
                  .feature("orders_1h", count().over(last(hours(1)))))
          .lookup(OWN_CITY, City::rent)
          .lookup(REGIONS.via("region", lookup(OWN_CITY, City::region)), Region::risk)
          .lookup(
              PRICES.via("price", lookup(CUSTOMERS, Customer::city), request(Order::product)),
              Price::cents)
          .derive(
              "rents",
              request(Order::amount)
                  .dividedBy(lookup(CITIES.via(Order::product), City::rent).orElse(1)))
          .derive("vip", lookup(CUSTOMERS, Customer::vip).asInteger());

  @TempDir Path folder;

  private final FeaturePlan plan = FeaturePlan.of(SET);

  private PipelineOptions runner(String name) {
    return name.equals("direct")
        ? LocalRunners.direct(2)
        : LocalRunners.flink(2, 64, folder.resolve("runner"));
  }

  private List<String> rows(String out) {
    List<String> rows = new ArrayList<>();
    TrainingSetReader.open(folder.resolve(out)).forEach(row -> rows.add(BackfillTest.text(row)));
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"direct,7,1", "flink,32,2"})
  void equalTheDefinition(String runner, int shards, long seed) throws Exception {
    assertEquals(2, plan.levels());
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(1_500);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> admitted = oracle.admitted(records);
    List<String> expected =
        oracle.vectors(admitted).stream().map(BackfillTest::text).sorted().toList();
    Backfill.of(
            SET,
            null,
            ShopHistory.write(folder.resolve("history"), plan, records),
            folder.resolve("out"),
            BackfillOptions.all().shards(shards))
        .run(runner(runner));
    BackfillTest.assertSame(expected, rows("out").stream().sorted().toList(), "seed " + seed);
    for (int f = 0; f < plan.features().size(); f++) {
      int feature = f;
      assertTrue(
          oracle.vectors(admitted).stream().anyMatch(v -> v.values().get(feature) != null),
          plan.features().get(f).name() + " is null in all");
    }
  }

  @ParameterizedTest
  @CsvSource({"direct,3", "flink,4"})
  void periodsGiveWhatAllAtOnceGives(String runner, long seed) throws Exception {
    PeriodHistory history = PeriodHistory.write(folder, plan, seed, 2);
    BackfillOptions options = BackfillOptions.all().shards(5);
    run(history.all(), "whole", options.until(history.cuts().get(1)), runner);
    List<String> actual = new ArrayList<>();
    for (int p = 0; p < 2; p++) {
      Path before = p == 0 ? null : folder.resolve("period-" + (p - 1));
      run(
          history.upTo().get(p),
          "period-" + p,
          options.until(history.cuts().get(p)).keepingState(before),
          runner);
      actual.addAll(rows("period-" + p));
    }
    BackfillTest.assertSame(
        rows("whole").stream().sorted().toList(),
        actual.stream().sorted().toList(),
        "seed " + seed);
  }

  private void run(
      Map<String, List<Path>> files, String out, BackfillOptions options, String runner) {
    Backfill.of(SET, null, files, folder.resolve(out), options).run(runner(runner));
  }

  record Question(String customer, String product, Double amount, Instant at) {}

  /** C15: a city that no version of is known is an entity that a spine asked for in vain. */
  @ParameterizedTest
  @CsvSource({"direct", "flink"})
  void aSpineCountsWhatNothingWasKnownOf(String runner) throws Exception {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    List<RecordedEvent> events = new ArrayList<>();
    int customers = plan.source("customers").orElseThrow().index();
    int cities = plan.source("cities").orElseThrow().index();
    for (String name : List.of("anna", "bob")) {
      String city = name.equals("anna") ? "Ulm" : "Nowhere";
      events.add(row(customers, new Customer(name, city, true, noon, false)));
    }
    events.add(row(cities, new City("Ulm", "south", 2.0, noon, noon)));
    Path spine =
        ShopHistory.write(
            folder.resolve("spine.parquet"),
            Question.class,
            List.of(
                new Question("anna", "tea", 1.0, noon.plusSeconds(1)),
                new Question("bob", "tea", 1.0, noon.plusSeconds(1)),
                new Question("carl", "tea", 1.0, noon.plusSeconds(1))));
    BackfillSummary summary =
        Backfill.of(
                SET,
                null,
                ShopHistory.write(folder.resolve("history"), plan, events),
                folder.resolve("out"),
                BackfillOptions.all().askedBy(List.of(spine)).shards(3))
            .run(runner(runner));
    Map<String, Long> counts = summary.manifest().counts();
    assertEquals(1, counts.get("unknownEntities/customer"), counts.toString());
    // "Nowhere" by the customer's city, and "tea" by the product.
    assertEquals(2, counts.get("unknownEntities/cities"), counts.toString());
    assertEquals(1, counts.get("unknownEntities/regions"), counts.toString());
  }

  private static RecordedEvent row(int source, Record value) {
    return new RecordedEvent(source, value, RecordedEvent.NO_RECORD_TIMESTAMP, 0);
  }
}
