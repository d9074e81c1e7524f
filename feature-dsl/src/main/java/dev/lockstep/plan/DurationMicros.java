package dev.lockstep.plan;

import dev.lockstep.time.Micros;
import java.time.Duration;
import java.util.Optional;

/** A definition's durations in the kernel's unit. */
final class DurationMicros {
  private DurationMicros() {}

  /** The microseconds, finer digits floored; empty beyond 64 bits. */
  static Optional<Long> of(Duration duration) {
    try {
      return Optional.of(Micros.of(duration));
    } catch (ArithmeticException tooLong) {
      return Optional.empty();
    }
  }
}
