package dev.lockstep.cli.status;

import dev.lockstep.beam.kafka.ProcessFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stream's figures as lines for people. */
public final class StandingText {
  private static final Pattern PARTITION =
      Pattern.compile("\\{topic=\"([^\"]*)\",partition=\"(\\d+)\"\\}");
  private static final Pattern BOUND = Pattern.compile("le=\"([^\"]*)\"");
  private static final Pattern LABEL = Pattern.compile("\\w+=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private StandingText() {}

  /** All lines; the first one says how it is. */
  public static List<String> lines(StreamStanding standing, long nowMillis) {
    List<String> lines = new ArrayList<>();
    lines.add(standing.health(nowMillis).words());
    SortedMap<String, Double> figures = standing.sum();
    if (figures.isEmpty()) {
      return lines;
    }
    lines.add(
        "  events %s (%.0f/s)   vectors %s (%.0f/s)   processes %d"
            .formatted(
                count(figures, ProcessFigures.EVENTS),
                standing.perSecond(ProcessFigures.EVENTS),
                count(figures, ProcessFigures.VECTORS),
                standing.perSecond(ProcessFigures.VECTORS),
                standing.processes()));
    lines.add(
        "  late %s   dead letters %s   duplicates %s   overdue %s   not finite %s"
            .formatted(
                count(figures, ProcessFigures.LATE),
                count(figures, ProcessFigures.DEAD_LETTERS),
                count(figures, ProcessFigures.DUPLICATES),
                count(figures, ProcessFigures.OVERDUE),
                count(figures, ProcessFigures.NOT_FINITE)));
    figures.forEach(
        (series, value) -> {
          if (series.startsWith(ProcessFigures.DEAD_LETTERS + "{") && value > 0) {
            Matcher label = LABEL.matcher(series);
            lines.add("    %,.0f dead: %s".formatted(value, label.find() ? label.group(1) : ""));
          }
        });
    lines.add("  " + latency(figures));
    lines.addAll(partitions(figures, nowMillis));
    lines.add(
        "  online store: %s states written, %s wait, lost its contents %s times"
            .formatted(
                count(figures, ProcessFigures.STATES_PUBLISHED),
                count(figures, ProcessFigures.STATES_WAITING),
                count(figures, ProcessFigures.STORE_LOSSES)));
    Double checkpoint = figures.get(ProcessFigures.CHECKPOINT);
    lines.add(
        checkpoint == null
            ? "  no checkpoint yet"
            : "  last checkpoint %.0f s ago".formatted(nowMillis / 1e3 - checkpoint));
    return lines;
  }

  private static String count(Map<String, Double> figures, String name) {
    return String.format(Locale.ROOT, "%,.0f", StreamStanding.total(figures, name));
  }

  /** The bounds below which half, and 99 of 100, are. */
  private static String latency(Map<String, Double> figures) {
    TreeMap<Double, Double> below = new TreeMap<>();
    figures.forEach(
        (series, value) -> {
          Matcher bound = BOUND.matcher(series);
          if (series.startsWith(ProcessFigures.LATENCY + "_bucket") && bound.find()) {
            String text = bound.group(1);
            below.put(
                text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text), value);
          }
        });
    if (below.isEmpty()) {
      return "no vector yet";
    }
    return "event to vector, since the start: half within "
        + within(below, 0.5)
        + ", 99 % within "
        + within(below, 0.99);
  }

  private static String within(TreeMap<Double, Double> below, double part) {
    double all = below.lastEntry().getValue();
    for (Map.Entry<Double, Double> bucket : below.entrySet()) {
      if (bucket.getValue() >= part * all) {
        return bucket.getKey().isInfinite()
            ? "more than two minutes"
            : Math.round(bucket.getKey() * 1_000) + " ms";
      }
    }
    return "nothing known";
  }

  private static List<String> partitions(Map<String, Double> figures, long nowMillis) {
    List<String> lines = new ArrayList<>();
    figures.forEach(
        (series, position) -> {
          Matcher partition = PARTITION.matcher(series);
          if (series.startsWith(ProcessFigures.POSITION + "{") && partition.find()) {
            String labels = partition.group();
            double end = figures.getOrDefault(ProcessFigures.END + labels, -1.0);
            double progress = figures.getOrDefault(ProcessFigures.PROGRESS + labels, 0.0);
            lines.add(
                "  %s-%s: %,.0f not read, %s"
                    .formatted(
                        partition.group(1),
                        partition.group(2),
                        Math.max(0, end - position),
                        behind(nowMillis / 1e3 - progress)));
          }
        });
    return lines;
  }

  private static String behind(double seconds) {
    return seconds > 365 * 86_400.0
        ? "years behind the clock (a replay, or nothing read yet)"
        : String.format(Locale.ROOT, "%.1f s behind the clock", Math.max(0, seconds));
  }
}
