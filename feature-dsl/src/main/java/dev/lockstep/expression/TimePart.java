package dev.lockstep.expression;

/**
 * What an instant's local time in a zone can be asked for.
 *
 * <p>The sines and cosines are those of 2 pi times the fraction of the day (from 0:00) or of the
 * week (from Monday, 0:00) that the local clock shows, to the microsecond: a DOUBLE, by {@link
 * StrictMath}. Two of them together place a time on a circle, where 23:59 is near 0:01.
 */
public enum TimePart {
  /** 0 to 23. */
  HOUR_OF_DAY,
  /** 1 (Monday) to 7 (Sunday). */
  DAY_OF_WEEK,
  /** 1 to 31. */
  DAY_OF_MONTH,
  /** 1 (January) to 12. */
  MONTH,
  /** Whether it is a Saturday or a Sunday: a BOOLEAN. */
  WEEKEND,
  TIME_OF_DAY_SINE,
  TIME_OF_DAY_COSINE,
  TIME_OF_WEEK_SINE,
  TIME_OF_WEEK_COSINE
}
