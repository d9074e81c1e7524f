package dev.lockstep.training.evaluate;

import java.util.Locale;

/**
 * A figure and how sure it is.
 *
 * @param value of the rows as they are
 * @param low the lower end of the 95 % interval
 * @param high its upper end
 * @param by what was drawn anew to find it, the widest of what could be: {@link Blocks#DAY}, an
 *     entity's name, or {@link Blocks#ROW}
 */
public record Estimate(double value, double low, double high, String by) {

  /** Whether a value is outside the interval: chance alone hardly gives such a distance. */
  public boolean excludes(double other) {
    return low > other || high < other;
  }

  /** Whether a difference isn't due to chance: 0 is outside. */
  public boolean isSure() {
    return excludes(0);
  }

  double width() {
    return high - low;
  }

  /** The interval in words, with so many digits behind the point. */
  public String interval(int digits) {
    return String.format(Locale.ROOT, "%1$." + digits + "f to %2$." + digits + "f", low, high);
  }

  /** The interval of a difference, with signs. */
  public String signedInterval(int digits) {
    return String.format(Locale.ROOT, "%1$+." + digits + "f to %2$+." + digits + "f", low, high);
  }
}
