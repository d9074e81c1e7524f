package dev.lockstep.cli.status;

import dev.lockstep.beam.kafka.ClaimLog;
import dev.lockstep.beam.kafka.ClaimSign;
import dev.lockstep.beam.kafka.ProcessFigures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a set's stream stands, by the signs of its processes in the status topic, wherever they run.
 * Not thread-safe.
 */
public final class StreamStanding {
  /** A process gives a sign every two seconds; a broker or a pause may hold some up. */
  private static final long SILENT_MILLIS = 15_000;

  private static final long STORE_SILENT_SECONDS = 3;

  /** Signs that far apart make a rate. */
  private static final long RATE_MILLIS = 10_000;

  private final String set;
  private final List<String> inputs;
  private @Nullable ClaimSign stream;
  private long claim = -1;
  private long lastMillis;
  private boolean ended;
  private final Map<String, Process> processes = new TreeMap<>();

  /** One process of the job. */
  private static final class Process {
    ClaimLog.Seen last;
    ClaimLog.Seen before;

    Process(ClaimLog.Seen first) {
      this.last = first;
      this.before = first;
    }

    void take(ClaimLog.Seen seen) {
      if (seen.atMillis() - before.atMillis() >= 2 * RATE_MILLIS) {
        before = last;
      }
      last = seen;
    }
  }

  /**
   * What to tell of it at a glance.
   *
   * @param runs whether its processes give signs
   * @param ready whether it reads all of its inputs, too
   * @param words one line for people
   */
  public record Health(boolean runs, boolean ready, String words) {}

  /**
   * @param set the feature set's name
   * @param inputs the topics that it reads
   */
  public StreamStanding(String set, List<String> inputs) {
    this.set = set;
    this.inputs = List.copyOf(inputs);
  }

  /** Takes signs, in their order. */
  public void take(List<ClaimLog.Seen> signs) {
    for (ClaimLog.Seen seen : signs) {
      if (seen.claim() > claim) {
        claim = seen.claim();
        processes.clear();
        ended = false;
      }
      if (seen.claim() == claim) {
        take(seen);
      }
    }
  }

  private void take(ClaimLog.Seen seen) {
    ClaimSign sign = seen.sign();
    stream = sign;
    lastMillis = seen.atMillis();
    ended |= sign.what() == ClaimSign.What.ENDED;
    String process = sign.process();
    if (process != null && sign.figures() != null) {
      Process known = processes.get(process);
      if (known == null) {
        processes.put(process, new Process(seen));
      } else {
        known.take(seen);
      }
    }
  }

  /**
   * How it is.
   *
   * @param nowMillis by a clock that is about the broker's
   */
  public Health health(long nowMillis) {
    ClaimSign last = stream;
    if (last == null) {
      return new Health(false, false, set + ": no stream has given a sign within the last hour");
    }
    String where = set + ": the stream of " + last.place();
    long age = Math.max(0, nowMillis - lastMillis);
    if (ended) {
      return new Health(false, false, where + " has ended, " + age / 1000 + " s ago");
    }
    if (age > SILENT_MILLIS) {
      return new Health(false, false, where + " has given no sign for " + age / 1000 + " s");
    }
    Set<String> unread = new HashSet<>(inputs);
    unread.removeIf(topic -> isRead(topic));
    if (!unread.isEmpty()) {
      return new Health(true, false, where + " begins: it doesn't read " + unread + " yet");
    }
    double silent = sum().getOrDefault(ProcessFigures.STORE_SILENT, 0.0);
    return new Health(
        true,
        true,
        where
            + " runs"
            + (silent > STORE_SILENT_SECONDS
                ? "; the online store has taken no states for " + Math.round(silent) + " s"
                : ""));
  }

  private boolean isRead(String topic) {
    String prefix = ProcessFigures.END + "{topic=\"" + topic + "\"";
    return sum().entrySet().stream()
        .anyMatch(figure -> figure.getKey().startsWith(prefix) && figure.getValue() >= 0);
  }

  /** The figures of all processes as one: counts are added, of times and silence the greatest. */
  public SortedMap<String, Double> sum() {
    SortedMap<String, Double> all = new TreeMap<>();
    for (Process process : processes.values()) {
      figures(process.last).forEach((series, value) -> all.merge(series, value, how(series)));
    }
    return all;
  }

  /** How much a count grows in a second, as far as signs tell. */
  public double perSecond(String name) {
    double rate = 0;
    for (Process process : processes.values()) {
      long millis = process.last.atMillis() - process.before.atMillis();
      if (millis > 0) {
        rate +=
            (total(figures(process.last), name) - total(figures(process.before), name))
                * 1_000
                / millis;
      }
    }
    return rate;
  }

  /** A count over all of its labels. */
  public static double total(Map<String, Double> figures, String name) {
    return figures.entrySet().stream()
        .filter(f -> f.getKey().equals(name) || f.getKey().startsWith(name + "{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static SortedMap<String, Double> figures(ClaimLog.Seen seen) {
    SortedMap<String, Double> figures = seen.sign().figures();
    return figures == null ? new TreeMap<>() : figures;
  }

  private static BinaryOperator<Double> how(String series) {
    boolean isGauge =
        series.startsWith(ProcessFigures.CHECKPOINT)
            || series.startsWith(ProcessFigures.STORE_SILENT)
            || series.startsWith(ProcessFigures.STORE_LOSSES)
            || series.startsWith("lockstep_partition");
    return isGauge ? Math::max : Double::sum;
  }

  /** All figures in Prometheus's text format, with the set and the process as labels. */
  public String prometheus(long nowMillis) {
    List<String> lines = new ArrayList<>();
    Health health = health(nowMillis);
    String ofSet = "set=\"" + set + "\"";
    lines.add("lockstep_up{" + ofSet + "} " + (health.runs() ? 1 : 0));
    lines.add("lockstep_ready{" + ofSet + "} " + (health.ready() ? 1 : 0));
    if (stream != null) {
      lines.add("lockstep_sign_age_seconds{" + ofSet + "} " + (nowMillis - lastMillis) / 1e3);
    }
    processes.forEach(
        (name, process) ->
            figures(process.last)
                .forEach(
                    (series, value) ->
                        lines.add(labelled(series, ofSet + ",process=\"" + name + "\"", value))));
    return String.join("\n", lines) + "\n";
  }

  private static String labelled(String series, String labels, double value) {
    int brace = series.indexOf('{');
    return brace < 0
        ? series + "{" + labels + "} " + value
        : series.substring(0, brace + 1) + labels + "," + series.substring(brace + 1) + " " + value;
  }

  /** Where it runs, and which start it is; null before the first sign. */
  public @Nullable ClaimSign stream() {
    return stream;
  }

  /** How many processes have told figures. */
  public int processes() {
    return processes.size();
  }
}
