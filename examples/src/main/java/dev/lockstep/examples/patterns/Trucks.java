package dev.lockstep.examples.patterns;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.distanceTravelled;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.distance;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import java.time.Instant;

/** Truck arrival: how many seconds until the truck is there. */
public final class Trucks {
  private Trucks() {}

  /** What a dispatcher asks: when will this trip's truck arrive? */
  public record Query(
      String id, String truck, double latitude, double longitude, Instant planned, Instant at) {}

  /** Where a truck is, every half minute. */
  public record Position(
      String truck, double latitude, double longitude, double speed, Instant at) {}

  /** A truck has arrived, for the query of an id. */
  public record Arrival(String query, Instant at) {}

  public static final EventSource<Query> QUERIES =
      EventSource.of(Query.class).named("queries").id(Query::id).eventTime(Query::at);

  public static final EventSource<Position> POSITIONS =
      EventSource.of(Position.class).named("positions").eventTime(Position::at).lateness(hours(1));

  public static final EventSource<Arrival> ARRIVALS =
      EventSource.of(Arrival.class).named("arrivals").eventTime(Arrival::at);

  public static final Entity<String> TRUCK = Entity.string("truck");

  public static final FeatureView<Position> MOVEMENT =
      FeatureView.named("movement")
          .over(POSITIONS)
          .by(TRUCK, Position::truck)
          .feature("latitude", last(Position::latitude).over(last(hours(2))))
          .feature("longitude", last(Position::longitude).over(last(hours(2))))
          .feature("seen_at", last(Position::at).over(last(hours(2))))
          .features("speed", avg(Position::speed).over(last(minutes(10), hours(1))))
          .feature(
              "driven_1h",
              distanceTravelled(Position::latitude, Position::longitude).over(last(hours(1))));

  // region time
  public static final FeatureSet<Query> ARRIVAL_TIME =
      FeatureSet.named("arrival_time_v1")
          .forEach(QUERIES)
          .entity(TRUCK, Query::truck)
          .with(MOVEMENT)
          .derive(
              "metres_to_go",
              distance(
                  feature("latitude"),
                  feature("longitude"),
                  request(Query::latitude),
                  request(Query::longitude)))
          .derive("seconds_to_plan", request(Query::at).secondsUntil(request(Query::planned)))
          .derive("seconds_to_go", feature("metres_to_go").dividedBy(feature("speed_1h")))
          .derive("hour", request(Query::at).hourOfDay())
          .derive("weekend", request(Query::at).isWeekend().asInteger());

  /** The seconds from the query to the truck's first arrival within two days. */
  public static final Label<Arrival> SECONDS =
      Label.from(ARRIVALS)
          .on(Arrival::query)
          .within(days(2))
          .is("seconds", field(Arrival::at).secondsSince(request(Query::at)));
  // endregion
}
