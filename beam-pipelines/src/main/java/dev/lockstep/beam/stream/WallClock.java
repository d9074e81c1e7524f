package dev.lockstep.beam.stream;

import dev.lockstep.time.Micros;
import java.time.InstantSource;

/** The wall clock, for measuring latency only: no value ever depends on it. */
public final class WallClock {
  private static final InstantSource SYSTEM = InstantSource.system();

  private WallClock() {}

  /** Microseconds since 1970. */
  public static long micros() {
    return Micros.of(SYSTEM.instant());
  }
}
