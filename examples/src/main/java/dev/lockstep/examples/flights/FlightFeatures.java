package dev.lockstep.examples.flights;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Emission.ordered;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Column;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.NumberExpression;
import dev.lockstep.define.Table;
import java.time.Instant;

/**
 * What is known about a flight at its scheduled departure: how the flights that have landed by then
 * fared, how much traffic is scheduled, and where the airports are.
 *
 * <p>What reads landings is made by methods, so that {@link EventTimeFlightsProject} can show what
 * the same definition claims when landings are taken as known too early.
 */
public final class FlightFeatures {
  private FlightFeatures() {}

  /** A flight is delayed beyond so many minutes, as the Bureau of Transportation counts it. */
  static final int DELAYED_MINUTES = 15;

  // region sources
  /** Departures, known when they are due. */
  public static final EventSource<Flight> FLIGHTS =
      EventSource.of(Flight.class)
          .named("flights")
          .id(Flight::flight)
          .eventTime(Flight::date)
          .availableAt(Flight::date)
          .sequence(Flight::flight)
          .lateness(hours(1));

  /** Delays, known hours after the departure they belong to; the latest more than a day after. */
  public static final EventSource<Landing> LANDINGS = landings(Landing::landedAt);

  static EventSource<Landing> landings(Column<Landing, Instant> availableAt) {
    return EventSource.of(Landing.class)
        .named("landings")
        .id(Landing::flight)
        .eventTime(Landing::date)
        .availableAt(availableAt)
        .sequence(Landing::flight)
        .lateness(days(2));
  }

  // endregion

  // region entities
  public static final Entity<String> AIRPORT = Entity.string("airport");
  public static final Entity<Entity.Pair<String, String>> ROUTE =
      Entity.pair("route", AIRPORT, AIRPORT);

  // endregion

  // region table
  /** Where the airports are: one version each, that holds always. */
  public static final Table<Airport> AIRPORTS =
      Table.of(Airport.class).named("airports").by(AIRPORT, Airport::iata);

  // endregion

  /** 1 for a delayed flight, 0 for another: its average is the share of delayed flights. */
  private static final NumberExpression DELAYED =
      field(Landing::delay).greaterThan(DELAYED_MINUTES).asInteger();

  // region view
  /** How the flights fared that have landed, of an airport at one of their two ends. */
  private static FeatureView<Landing> delays(
      String name, EventSource<Landing> landings, Column<Landing, String> airport) {
    return FeatureView.named(name)
        .over(landings)
        .by(AIRPORT, airport)
        .features("landed", count().over(last(hours(1), hours(3))))
        .features("delay_avg", avg(Landing::delay).over(last(hours(1), hours(3), hours(24))))
        .feature("delay_stddev_3h", stddev(Landing::delay).over(last(hours(3))))
        .features("delayed_share", avg(DELAYED).over(last(hours(3), hours(24))));
  }

  // endregion

  // region route
  private static FeatureView<Landing> routeDelays(EventSource<Landing> landings) {
    return FeatureView.named("route_delays")
        .over(landings)
        .by(ROUTE, Landing::origin, Landing::destination)
        .features("delay_avg", avg(Landing::delay).over(last(hours(3), hours(24))))
        .feature("landed_24h", count().over(last(hours(24))))
        .feature("delay_stddev_24h", stddev(Landing::delay).over(last(hours(24))))
        .feature("delay_max_24h", max(Landing::delay).over(last(hours(24))))
        .feature("delayed_share_24h", avg(DELAYED).over(last(hours(24))));
  }

  // endregion

  private static FeatureView<Flight> traffic(String name, Column<Flight, String> airport) {
    return FeatureView.named(name)
        .over(FLIGHTS)
        .by(AIRPORT, airport)
        .features("scheduled", count().over(last(hours(1), hours(3))));
  }

  // region set
  public static final FeatureSet<Flight> FLIGHT_DELAYS = flightDelays("flight_delays_v1", LANDINGS);

  static FeatureSet<Flight> flightDelays(String name, EventSource<Landing> landings) {
    return FeatureSet.named(name)
        .forEach(FLIGHTS)
        .request("distance", Flight::distance)
        .derive("hour_of_day", request(Flight::date).hourOfDay())
        .derive("day_of_week", request(Flight::date).dayOfWeek())
        .with(
            delays("origin_delays", landings, Landing::origin)
                .feature("delay_max_1h", max(Landing::delay).over(last(hours(1))))
                .askedBy(Flight::origin, "origin"),
            delays("destination_delays", landings, Landing::destination)
                .askedBy(Flight::destination, "destination"),
            routeDelays(landings).askedBy(Flight::origin, Flight::destination, "route"),
            traffic("origin_traffic", Flight::origin).askedBy(Flight::origin, "origin"),
            traffic("destination_traffic", Flight::destination)
                .askedBy(Flight::destination, "destination"))
        .lookup(AIRPORTS.via("origin", Flight::origin), Airport::latitude, Airport::longitude)
        .lookup(
            AIRPORTS.via("destination", Flight::destination), Airport::latitude, Airport::longitude)
        .derive(
            "origin_delay_trend",
            feature("origin_delay_avg_1h").minus(feature("origin_delay_avg_24h")))
        .derive("origin_traffic_log", feature("origin_scheduled_3h").log1p())
        .emit(ordered());
  }

  // endregion

  // region label
  /** Whether the flight turned out delayed, known once it has landed: within two days. */
  public static final Label<Landing> DELAYED_FLIGHT = delayedFlight(LANDINGS);

  static Label<Landing> delayedFlight(EventSource<Landing> landings) {
    return Label.from(landings)
        .on(Landing::flight)
        .within(hours(1)) // a landing's event time is the departure's
        .is("delayed", field(Landing::delay).greaterThan(DELAYED_MINUTES));
  }
  // endregion
}
