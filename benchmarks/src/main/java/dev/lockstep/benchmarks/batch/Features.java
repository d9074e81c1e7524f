package dev.lockstep.benchmarks.batch;

import dev.lockstep.define.Entity;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The features that are computed, once as a feature set and once as SQL. */
enum Features {
  /** What people usually have: 18. */
  THREE(
      List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(24)),
      List.of(Measure.COUNT, Measure.SUM, Measure.AVG, Measure.MIN, Measure.MAX, Measure.STDDEV)),
  /** Many windows over the same rows: 100. */
  TEN(
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofHours(12),
          Duration.ofHours(24)),
      List.of(Measure.values()));

  static final String ENTITY = "card";

  /**
   * A feature.
   *
   * @param name of its column on both sides
   */
  record Feature(String name, Measure measure) {}

  private final List<Duration> windows;
  private final List<Measure> measures;

  Features(List<Duration> windows, List<Measure> measures) {
    this.windows = windows;
    this.measures = measures;
  }

  /**
   * Those over so many windows.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Features overWindows(int count) {
    return Arrays.stream(values())
        .filter(f -> f.windows() == count)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(count + " windows: there are 3 or 10 of them"));
  }

  int windows() {
    return windows.size();
  }

  /** All of them, in the order of the columns. */
  List<Feature> all() {
    List<Feature> all = new ArrayList<>();
    for (Duration window : windows) {
      measures.forEach(m -> all.add(new Feature(m.feature(name(window)), m)));
    }
    return all;
  }

  /** As our definition: for each payment, over its own card's. */
  FeatureSet<Payment> set() {
    FeatureView<Payment> view =
        FeatureView.named("by_card").over(Payment.SOURCE).by(Entity.string(ENTITY), Payment::key);
    for (Duration window : windows) {
      for (Measure measure : measures) {
        view =
            view.feature(measure.feature(name(window)), measure.ours().over(Window.last(window)));
      }
    }
    return FeatureSet.named("bench_batch").forEach(Payment.SOURCE).with(view);
  }

  /**
   * As a query for DuckDB. SQL's ranges are closed at both ends, ours are open where they begin:
   * hence a microsecond less.
   */
  String sql(String input) {
    StringBuilder select = new StringBuilder("SELECT key, \"at\"");
    StringBuilder frames = new StringBuilder();
    for (Duration window : windows) {
      String frame = "w_" + name(window);
      for (Measure measure : measures) {
        select.append(",\n  ").append(measure.sql(frame));
        select.append(" AS ").append(measure.feature(name(window)));
      }
      frames.append(frames.isEmpty() ? "\nWINDOW\n  " : ",\n  ");
      frames.append(frame).append(" AS (PARTITION BY key ORDER BY \"at\" RANGE BETWEEN INTERVAL '");
      frames
          .append(window.toNanos() / 1_000 - 1)
          .append(" microseconds' PRECEDING AND CURRENT ROW)");
    }
    return select + "\nFROM read_parquet('" + input + "')" + frames;
  }

  private static String name(Duration window) {
    return window.toMinutes() < 60 ? window.toMinutes() + "m" : window.toHours() + "h";
  }
}
