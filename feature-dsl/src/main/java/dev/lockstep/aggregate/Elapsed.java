package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.ExactRatio;
import dev.lockstep.time.Micros;
import java.math.BigInteger;

/** Time between two instants, in seconds. */
final class Elapsed {
  private Elapsed() {}

  /** The seconds from one time to a later one, rounded once. */
  static double seconds(long earlierMicros, long laterMicros) {
    return secondsEach(earlierMicros, laterMicros, 1);
  }

  /** The mean seconds of so many steps from one time to a later one, rounded once. */
  static double secondsEach(long earlierMicros, long laterMicros, int steps) {
    long micros = laterMicros - earlierMicros;
    long unit = steps * Micros.PER_SECOND;
    return micros >= 0
        ? ExactRatio.round(micros, unit)
        : ExactRatio.round( // beyond the 64-bit range
            BigInteger.valueOf(laterMicros).subtract(BigInteger.valueOf(earlierMicros)),
            BigInteger.valueOf(unit));
  }
}
