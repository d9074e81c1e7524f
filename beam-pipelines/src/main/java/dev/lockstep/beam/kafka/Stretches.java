package dev.lockstep.beam.kafka;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Stretches of time, both ends included, those that meet made one. Of too many the nearest two
 * become one, so that they may cover more than was added, never less. Not thread-safe.
 */
public final class Stretches {
  private static final int MOST = 1_000;

  private final TreeMap<Long, Long> untilByFrom = new TreeMap<>();

  /** Adds what lies between; nothing if it ends before it begins. */
  public void add(long from, long until) {
    if (until < from) {
      return;
    }
    long begin = from;
    long end = until;
    Map.Entry<Long, Long> before = untilByFrom.floorEntry(until);
    while (before != null && before.getValue() >= from) {
      begin = Math.min(begin, before.getKey());
      end = Math.max(end, before.getValue());
      untilByFrom.remove(before.getKey());
      before = untilByFrom.floorEntry(until);
    }
    untilByFrom.put(begin, end);
    if (untilByFrom.size() > MOST) {
      joinNearest();
    }
  }

  private void joinNearest() {
    long least = Long.MAX_VALUE;
    Map.Entry<Long, Long> nearest = null;
    Map.Entry<Long, Long> previous = null;
    for (Map.Entry<Long, Long> next : untilByFrom.entrySet()) {
      if (previous != null && next.getKey() - previous.getValue() < least) {
        least = next.getKey() - previous.getValue();
        nearest = Map.entry(previous.getKey(), next.getKey());
      }
      previous = next;
    }
    if (nearest != null) {
      Long end = untilByFrom.remove(nearest.getValue());
      untilByFrom.put(nearest.getKey(), end == null ? nearest.getValue() : end);
    }
  }

  /** Whether a time is in one of them. */
  public boolean contains(long time) {
    Map.Entry<Long, Long> before = untilByFrom.floorEntry(time);
    return before != null && before.getValue() >= time;
  }

  /** Tells begin and end of each, in order. */
  public void each(BiConsumer<Long, Long> told) {
    untilByFrom.forEach(told);
  }
}
