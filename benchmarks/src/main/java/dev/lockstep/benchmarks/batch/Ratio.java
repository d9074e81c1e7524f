package dev.lockstep.benchmarks.batch;

import dev.lockstep.benchmarks.batch.RunTimes.What;
import java.util.Locale;
import java.util.Optional;

/** A ratio of two runs' times and what it is to be; its key is its name in small letters. */
enum Ratio {
  RATIO_TO_DUCKDB(What.DUCKDB, What.LOCKSTEP, "our rows/s through DuckDB's", true),
  RATIO_TO_FLOOR(What.LOCKSTEP, What.FLOOR, "our time through the floor's", false),
  RATIO_ROWS_X4(What.LOCKSTEP, What.QUARTER, "our time through that of a quarter", false),
  RATIO_HOT_KEY(What.HOT, What.LOCKSTEP, "our time with a hot key through that without", false);

  private static final int FEW_WINDOWS = 3;

  private final What above;
  private final What below;
  private final String text;
  private final boolean atLeast;

  Ratio(What above, What below, String text, boolean atLeast) {
    this.above = above;
    this.below = below;
    this.text = text;
    this.atLeast = atLeast;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  Optional<Double> of(RunTimes times) {
    return times.ratio(above, below);
  }

  private double target(int windows) {
    return switch (this) {
      case RATIO_TO_DUCKDB -> windows == FEW_WINDOWS ? 2 : 3;
      case RATIO_TO_FLOOR, RATIO_HOT_KEY -> 1.5;
      case RATIO_ROWS_X4 -> 4.4;
    };
  }

  /** For people, with its target and whether it is met. */
  String line(double value, int windows) {
    double target = target(windows);
    boolean met = atLeast ? value >= target : value <= target;
    return String.format(
        Locale.ROOT,
        "  %-46s %6.2f   target %s %.1f   %-7s  %s",
        text,
        value,
        atLeast ? ">=" : "<=",
        target,
        met ? "met" : "NOT MET",
        key());
  }
}
