package dev.lockstep.beam.stream;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A count of what the streams of this process do, under a name of a time series as Prometheus
 * writes them, labels included. Beam's own counters cost a third of the throughput, so they are
 * switched off; this costs some nanoseconds.
 */
public final class Tally {
  private static final ConcurrentMap<String, LongAdder> ALL = new ConcurrentHashMap<>();

  /** So many names, or one too many kinds of a label would fill the memory. */
  private static final int MOST_NAMES = 2_000;

  private static final String OTHERS = "lockstep_others_total";

  private final String series;

  private Tally(String series) {
    this.series = series;
  }

  /** The count of a series. */
  public static Tally of(String series) {
    return new Tally(series);
  }

  /**
   * A series' name with one label.
   *
   * @param value any text
   */
  public static String labelled(String name, String label, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "{" + label + "=\"" + escaped + "\"}";
  }

  public void inc() {
    inc(1);
  }

  /** Adds to it. */
  public void inc(long more) {
    LongAdder count = ALL.get(series);
    if (count == null) {
      String kept = ALL.size() < MOST_NAMES ? series : OTHERS;
      count = ALL.computeIfAbsent(kept, name -> new LongAdder());
    }
    count.add(more);
  }

  /** All counts of this process that aren't zero, by series. */
  public static SortedMap<String, Double> all() {
    SortedMap<String, Double> all = new TreeMap<>();
    ALL.forEach((series, count) -> all.put(series, (double) count.sum()));
    return all;
  }

  /** Begins all counts anew, after practice. */
  public static void forgetAll() {
    ALL.clear();
  }
}
