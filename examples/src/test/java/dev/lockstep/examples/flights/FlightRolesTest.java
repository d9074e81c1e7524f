package dev.lockstep.examples.flights;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Column;
import dev.lockstep.define.Entity;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The views asked in roles give what views of their own, written out, gave. */
class FlightRolesTest {
  private static final Entity<String> ORIGIN = Entity.string("origin");
  private static final Entity<String> DESTINATION = Entity.string("destination");
  private static final Column<Landing, Integer> DELAYED =
      Column.computed("delayed", 1, Integer.class, landing -> landing.delay() > 15 ? 1 : 0);

  private static final FeatureView<Landing> ORIGIN_DELAYS =
      FeatureView.named("origin_delays")
          .over(FlightFeatures.LANDINGS)
          .by(ORIGIN, Landing::origin)
          .feature("origin_landed_1h", count().over(last(hours(1))))
          .feature("origin_delay_avg_1h", avg(Landing::delay).over(last(hours(1))))
          .feature("origin_delay_max_1h", max(Landing::delay).over(last(hours(1))))
          .feature("origin_landed_3h", count().over(last(hours(3))))
          .feature("origin_delay_avg_3h", avg(Landing::delay).over(last(hours(3))))
          .feature("origin_delay_stddev_3h", stddev(Landing::delay).over(last(hours(3))))
          .feature("origin_delayed_share_3h", avg(DELAYED).over(last(hours(3))))
          .feature("origin_delay_avg_24h", avg(Landing::delay).over(last(hours(24))))
          .feature("origin_delayed_share_24h", avg(DELAYED).over(last(hours(24))));

  private static final FeatureView<Landing> DESTINATION_DELAYS =
      FeatureView.named("destination_delays")
          .over(FlightFeatures.LANDINGS)
          .by(DESTINATION, Landing::destination)
          .feature("destination_landed_1h", count().over(last(hours(1))))
          .feature("destination_delay_avg_1h", avg(Landing::delay).over(last(hours(1))))
          .feature("destination_landed_3h", count().over(last(hours(3))))
          .feature("destination_delay_avg_3h", avg(Landing::delay).over(last(hours(3))))
          .feature("destination_delay_stddev_3h", stddev(Landing::delay).over(last(hours(3))))
          .feature("destination_delayed_share_3h", avg(DELAYED).over(last(hours(3))))
          .feature("destination_delay_avg_24h", avg(Landing::delay).over(last(hours(24))))
          .feature("destination_delayed_share_24h", avg(DELAYED).over(last(hours(24))));

  private static final FeatureView<Landing> ROUTE_DELAYS =
      FeatureView.named("route_delays")
          .over(FlightFeatures.LANDINGS)
          .by(Entity.pair("route", ORIGIN, DESTINATION), Landing::origin, Landing::destination)
          .feature("route_delay_avg_3h", avg(Landing::delay).over(last(hours(3))))
          .feature("route_landed_24h", count().over(last(hours(24))))
          .feature("route_delay_avg_24h", avg(Landing::delay).over(last(hours(24))))
          .feature("route_delay_stddev_24h", stddev(Landing::delay).over(last(hours(24))))
          .feature("route_delay_max_24h", max(Landing::delay).over(last(hours(24))))
          .feature("route_delayed_share_24h", avg(DELAYED).over(last(hours(24))));

  private static final FeatureView<Flight> ORIGIN_TRAFFIC =
      FeatureView.named("origin_traffic")
          .over(FlightFeatures.FLIGHTS)
          .by(ORIGIN, Flight::origin)
          .feature("origin_scheduled_1h", count().over(last(hours(1))))
          .feature("origin_scheduled_3h", count().over(last(hours(3))));

  private static final FeatureView<Flight> DESTINATION_TRAFFIC =
      FeatureView.named("destination_traffic")
          .over(FlightFeatures.FLIGHTS)
          .by(DESTINATION, Flight::destination)
          .feature("destination_scheduled_1h", count().over(last(hours(1))))
          .feature("destination_scheduled_3h", count().over(last(hours(3))));

  private static final FeatureSet<Flight> WRITTEN_OUT =
      FeatureSet.named("written_out")
          .forEach(FlightFeatures.FLIGHTS)
          .entity(ORIGIN, Flight::origin)
          .entity(DESTINATION, Flight::destination)
          .entity(Entity.pair("route", ORIGIN, DESTINATION), Flight::origin, Flight::destination)
          .with(ORIGIN_DELAYS, DESTINATION_DELAYS, ROUTE_DELAYS)
          .with(ORIGIN_TRAFFIC, DESTINATION_TRAFFIC);

  /** The values of each request by name, of those features that both sets have. */
  private static List<Map<String, Object>> values(FeaturePlan plan, List<RecordedEvent> records) {
    NaiveOracle oracle = new NaiveOracle(plan);
    List<Map<String, Object>> all = new ArrayList<>();
    for (OracleVector vector : oracle.vectors(oracle.admitted(records))) {
      Map<String, Object> values = new TreeMap<>();
      values.put("entities", new TreeMap<>(vector.entities()));
      for (int i = 0; i < plan.features().size(); i++) {
        values.put(plan.features().get(i).name(), String.valueOf(vector.values().get(i)));
      }
      all.add(values);
    }
    return all;
  }

  @Test
  void rolesGiveWhatViewsOfTheirOwnGave() {
    FeaturePlan before = FeaturePlan.of(WRITTEN_OUT);
    FeaturePlan now = FeaturePlan.of(FlightFeatures.FLIGHT_DELAYS);
    long seed = 20_010_107;
    List<RecordedEvent> records = NastyEvents.onKafka(before, seed).records(900);
    List<RecordedEvent> again =
        records.stream()
            .map(
                r ->
                    new RecordedEvent(
                        now.source(before.sources().get(r.source()).name()).orElseThrow().index(),
                        r.value(),
                        r.recordTimestampMicros(),
                        r.position()))
            .toList();
    List<Map<String, Object>> expected = values(before, records);
    List<Map<String, Object>> actual = values(now, again);
    actual.forEach(values -> values.keySet().retainAll(expected.get(0).keySet()));
    assertTrue(expected.size() > 100, "seed " + seed);
    assertEquals(27 + 1, expected.get(0).size());
    assertTrue(
        before.features().stream().map(FeatureColumn::name).allMatch(actual.get(0)::containsKey));
    assertEquals(expected, actual, "seed " + seed);
  }
}
