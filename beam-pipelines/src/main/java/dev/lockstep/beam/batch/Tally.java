package dev.lockstep.beam.batch;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts by name, as data: unlike a runner's metrics they are exact when a bundle is retried.
 *
 * <p>A name ending in {@code .min} or {@code .max} keeps the least or the greatest; every other
 * adds up.
 */
final class Tally {
  static final String REQUESTS = "requests";
  static final String VECTORS = "vectors";
  static final String REJECTED = "rejected";
  static final String CARRIED = "carried";

  /** Begins the name of a count of the rows that wait in a file of the snapshot. */
  private static final String WAITING = "waiting#";

  static final String SPINE = "spine";
  static final String SPINE_ROWS = of("rows", SPINE);
  static final String EVENT_TIME = "eventTime";

  private final Map<String, Long> counts = new TreeMap<>();

  /** The name of a count of one source. */
  static String of(String what, String source) {
    return what + "/" + source;
  }

  /** The name of the count of the rows that wait in a file of the snapshot. */
  static String ofWaiting(long file) {
    return WAITING + file;
  }

  /** The rows that wait, by file. */
  Map<Long, Long> waiting() {
    Map<Long, Long> waiting = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(WAITING)) {
            waiting.put(Long.parseLong(name.substring(WAITING.length())), count);
          }
        });
    return waiting;
  }

  void add(String name, long count) {
    if (name.endsWith(".min")) {
      counts.merge(name, count, Math::min);
    } else if (name.endsWith(".max")) {
      counts.merge(name, count, Math::max);
    } else if (count != 0) {
      counts.merge(name, count, Long::sum);
    }
  }

  /** The count of a name, 0 if nothing was counted. */
  long get(String name) {
    return counts.getOrDefault(name, 0L);
  }

  boolean has(String name) {
    return counts.containsKey(name);
  }

  /** All counts, and begins anew. */
  Map<String, Long> drain() {
    Map<String, Long> drained = new TreeMap<>(counts);
    counts.clear();
    return drained;
  }
}
