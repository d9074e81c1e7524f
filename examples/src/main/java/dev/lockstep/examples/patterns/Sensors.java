package dev.lockstep.examples.patterns;

import static dev.lockstep.define.About.about;
import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.previousDay;
import static dev.lockstep.define.Window.tumbling;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/** Sensor fleets: is this reading out of the ordinary for its device, and for its plant today? */
public final class Sensors {
  private Sensors() {}

  /** The physical quantity that a reading is of. */
  public enum Quantity {
    TEMPERATURE,
    PRESSURE
  }

  /** One reading, which asks for its own features. */
  public record Reading(
      String id,
      UUID device,
      Quantity quantity,
      String plant,
      LocalDate day,
      double value,
      Instant at) {}

  public static final EventSource<Reading> READINGS =
      EventSource.of(Reading.class)
          .named("readings")
          .id(Reading::id)
          .eventTime(Reading::at)
          .lateness(hours(2))
          .about(about("All readings of all plants").owner("plants").tags("iot"));

  public static final Entity<Entity.Pair<UUID, Quantity>> DEVICE =
      Entity.of("device", UUID.class, Quantity.class);

  public static final Entity<Entity.Triple<String, Quantity, LocalDate>> PLANT_DAY =
      Entity.of("plant_day", String.class, Quantity.class, LocalDate.class);

  private static final ZoneId PLANTS = ZoneId.of("America/Chicago");

  // region keys
  public static final FeatureView<Reading> DEVICE_READINGS =
      FeatureView.named("device_readings")
          .over(READINGS)
          .by(DEVICE, Reading::device, Reading::quantity)
          .features("avg", avg(Reading::value).over(last(hours(1), days(1))).excludingRequest())
          .feature("stddev_24h", stddev(Reading::value).over(last(days(1))).excludingRequest())
          .feature("max_yesterday", max(Reading::value).over(previousDay(PLANTS)))
          .feature("max_shift", max(Reading::value).over(tumbling(hours(8), PLANTS)))
          .prefixed("device");

  public static final FeatureView<Reading> PLANT_READINGS =
      FeatureView.named("plant_readings")
          .over(READINGS)
          .by(PLANT_DAY, Reading::plant, Reading::quantity, Reading::day)
          .feature("plant_avg_today", avg(Reading::value).over(last(days(1))));

  public static final FeatureSet<Reading> ANOMALY =
      FeatureSet.named("anomaly_v1")
          .forEach(READINGS)
          .request("value", Reading::value)
          .with(DEVICE_READINGS, PLANT_READINGS)
          .derive("z_score", request(Reading::value).zScore("device_avg_24h", "device_stddev_24h"))
          .about("z_score", about("Standard deviations above the device's day"));
  // endregion
}
