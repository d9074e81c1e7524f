package dev.lockstep.time;

/**
 * The timestamps of Kafka's records, in milliseconds, as far as they can be meant: one outside of
 * 1990 to 2100 was written in another unit, or by nobody's clock (C5).
 */
public final class RecordTimes {
  /** 1990-01-01T00:00Z. */
  private static final long FIRST_MILLIS = 631_152_000_000L;

  /** 2100-01-01T00:00Z, no longer within. */
  private static final long END_MILLIS = 4_102_444_800_000L;

  private RecordTimes() {}

  /** Whether a record timestamp is within 1990 to 2100. */
  public static boolean canBeMeant(long millis) {
    return millis >= FIRST_MILLIS && millis < END_MILLIS;
  }

  /** What is wrong with a timestamp that can't be meant, with its likely unit, and the cure. */
  public static String problem(long millis) {
    String unit = likelyUnit(millis);
    return "its record timestamp "
        + millis
        + " is not within 1990 to 2100 in milliseconds"
        + (unit == null ? "" : ", but it is in " + unit)
        + ": Kafka takes milliseconds; leave the timestamp to the producer's client, or let the"
        + " topic stamp (message.timestamp.type=LogAppendTime)";
  }

  private static @org.jspecify.annotations.Nullable String likelyUnit(long millis) {
    if (canBeMeant(millis / 1_000)) {
      return "microseconds";
    }
    if (canBeMeant(millis / 1_000_000)) {
      return "nanoseconds";
    }
    return millis < END_MILLIS && millis > 0 && canBeMeant(millis * 1_000) ? "seconds" : null;
  }
}
