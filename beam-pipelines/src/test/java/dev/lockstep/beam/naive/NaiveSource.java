package dev.lockstep.beam.naive;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * A record type, and what its source declares of time.
 *
 * @param unit of bare numbers: seconds, milliseconds, microseconds or nanoseconds
 * @param zone of times without one
 */
public record NaiveSource(NaiveRecord record, TimeUnit unit, ZoneId zone) {
  /** A source that declares nothing: microseconds and UTC. */
  public static NaiveSource of(NaiveRecord record) {
    return new NaiveSource(record, TimeUnit.MICROSECONDS, ZoneOffset.UTC);
  }

  public NaiveSource in(TimeUnit declared) {
    return new NaiveSource(record, declared, zone);
  }

  public NaiveSource in(ZoneId declared) {
    return new NaiveSource(record, unit, declared);
  }
}
