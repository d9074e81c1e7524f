package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.ExactRatio;
import dev.lockstep.time.Micros;
import java.math.BigInteger;

/** Time between two instants, in seconds or another unit, exact and rounded once. */
public final class Elapsed {
  private Elapsed() {}

  /** The seconds from one time to a later one, rounded once. */
  static double seconds(long earlierMicros, long laterMicros) {
    return secondsEach(earlierMicros, laterMicros, 1);
  }

  /** The time from one instant to another in a unit of so many microseconds; negative backwards. */
  public static double between(long fromMicros, long toMicros, long unitMicros) {
    long micros = toMicros - fromMicros;
    boolean fits = ((toMicros ^ fromMicros) & (toMicros ^ micros)) >= 0;
    return fits
        ? ExactRatio.round(micros, unitMicros)
        : ExactRatio.round(
            BigInteger.valueOf(toMicros).subtract(BigInteger.valueOf(fromMicros)),
            BigInteger.valueOf(unitMicros));
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
