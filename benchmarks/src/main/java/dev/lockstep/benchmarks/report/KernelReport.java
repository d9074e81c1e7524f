package dev.lockstep.benchmarks.report;

import dev.lockstep.benchmarks.load.StateSize;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run of the kernel's benchmark found. */
public final class KernelReport {
  private static final String ROW = "  %-42s %9s %11s %7s %7s  %s";

  private final Times times;
  private final StateSize size;
  private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);

  /**
   * Computes the figures.
   *
   * @throws IllegalStateException if one of them is no finite number above 0
   */
  public KernelReport(Times times, StateSize size) {
    this.times = times;
    this.size = size;
    for (Figure figure : Figure.values()) {
      double value = figure.of(times, size);
      if (!Double.isFinite(value) || value <= 0) {
        throw new IllegalStateException(figure.key() + " is " + value);
      }
      figures.put(figure, value);
    }
  }

  /** A flat JSON object: a number for each {@link Figure#key}. */
  public String json() {
    return figures.entrySet().stream()
        .map(e -> "  \"" + e.getKey().key() + "\" : " + number(e.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  /** Four digits that count, or all before the point. */
  private static String number(double value) {
    int digits = (int) Math.max(0, 3 - Math.floor(Math.log10(value)));
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A table for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "What an event costs: taken in, and answered as a request (one hot entity, one core)");
    lines.add("");
    lines.add(
        String.format(ROW, "", "ns/event", "events/s", "ratio", "target", "").stripTrailing());
    for (Measured measured : times.all()) {
      lines.add(line(measured));
    }
    lines.add("");
    lines.add(
        "What a state takes (10 features over 10 min to 24 h, amounts in doubles, shops as text)");
    lines.add("");
    lines.add(size(size.bytesPerEvent(), "bytes stored for each event held"));
    lines.add(size(size.bytesPerEntity(), "bytes stored for an entity beside them"));
    lines.add(size(size.heapBytesPerEvent(), "bytes on the heap for each event held"));
    lines.add("");
    return lines;
  }

  private String line(Measured measured) {
    String ratio = "";
    String target = "";
    String key = "";
    for (Map.Entry<Figure, Double> entry : figures.entrySet()) {
      Figure figure = entry.getKey();
      if (figure.isShownBeside(measured)) {
        key = figure.key();
        target = figure.target();
        ratio = figure.isRatio() ? String.format(Locale.ROOT, "%.2f", entry.getValue()) : "";
      }
    }
    double nanos = measured.nanosPerEvent();
    return String.format(
            ROW,
            measured.text(),
            String.format(Locale.ROOT, "%,.0f", nanos),
            String.format(Locale.ROOT, "%,.0f", 1e9 / nanos),
            ratio,
            target,
            key)
        .stripTrailing();
  }

  private static String size(double bytes, String text) {
    return String.format(Locale.ROOT, "  %8.1f  %s", bytes, text);
  }
}
