package dev.lockstep.benchmarks.report;

import dev.lockstep.benchmarks.load.HotLoad;
import dev.lockstep.benchmarks.load.Scenario;
import dev.lockstep.benchmarks.load.StateSize;
import dev.lockstep.benchmarks.peer.Peer;
import java.util.Locale;

/** A figure of the report: its key is its name in small letters. */
public enum Figure {
  EVENTS_PER_SECOND_100_FEATURES(Scenario.TEN_WINDOWS),
  EVENTS_PER_SECOND_100_FEATURES_DOUBLE(Scenario.TEN_WINDOWS_DOUBLE),
  RATIO_10_WINDOWS_TO_1(Scenario.ONE_WINDOW, Scenario.TEN_WINDOWS, Scenario.ONE_WINDOW),
  RATIO_EXACT_TO_PLAIN_DOUBLE(
      Scenario.TEN_WINDOWS_PLAIN_DOUBLE,
      Scenario.TEN_WINDOWS_DOUBLE,
      Scenario.TEN_WINDOWS_PLAIN_DOUBLE),
  RATIO_EXACT_TO_PLAIN_LONG(
      Scenario.TEN_WINDOWS_PLAIN, Scenario.TEN_WINDOWS, Scenario.TEN_WINDOWS_PLAIN),
  RATIO_LATE_1PCT_TO_IN_ORDER(
      Scenario.TEN_WINDOWS_LATE, Scenario.TEN_WINDOWS_LATE, Scenario.TEN_WINDOWS),
  RATIO_30D_TO_1H(Scenario.MONTH, Scenario.MONTH, Scenario.HOUR),
  RATIO_TIES_TO_NONE(HotLoad.TIES, HotLoad.TIES, HotLoad.SPREAD),
  RATIO_WAITING_TO_NONE(HotLoad.WAITING, HotLoad.WAITING, HotLoad.ASKED),
  RATIO_SINCE_FILTERED_TO_COUNT(
      HotLoad.SINCE_FILTERED, HotLoad.SINCE_FILTERED, HotLoad.COUNT_FILTERED),
  RATIO_TWO_STACKS_TO_OURS(Peer.TWO_STACKS, Peer.TWO_STACKS, Peer.OURS),
  RATIO_RESCAN_TO_OURS(Peer.RESCAN, Peer.RESCAN, Peer.OURS),
  BYTES_PER_EVENT,
  BYTES_PER_ENTITY;

  private enum Kind {
    RATE,
    RATIO,
    SIZE
  }

  private static final double NANOS_PER_SECOND = 1e9;

  private final Kind kind;
  private final String row;
  private final String above;
  private final String below;

  Figure(Enum<?> row) {
    this(Kind.RATE, row.name(), row.name(), "");
  }

  Figure(Enum<?> row, Enum<?> above, Enum<?> below) {
    this(Kind.RATIO, row.name(), above.name(), below.name());
  }

  Figure() {
    this(Kind.SIZE, "", "", "");
  }

  Figure(Kind kind, String row, String above, String below) {
    this.kind = kind;
    this.row = row;
    this.above = above;
    this.below = below;
  }

  /** Its name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is to be, for people; "-" where it is only to be seen. */
  String target() {
    return switch (this) {
      case EVENTS_PER_SECOND_100_FEATURES -> ">= 1 000 000";
      case EVENTS_PER_SECOND_100_FEATURES_DOUBLE -> ">= 500 000";
      case RATIO_10_WINDOWS_TO_1 -> "<= 3";
      case RATIO_EXACT_TO_PLAIN_DOUBLE -> "<= 2";
      case RATIO_EXACT_TO_PLAIN_LONG -> "<= 1.1";
      case RATIO_LATE_1PCT_TO_IN_ORDER -> "<= 1.3";
      case RATIO_30D_TO_1H -> "<= 1.5";
      case RATIO_TIES_TO_NONE, RATIO_WAITING_TO_NONE, RATIO_SINCE_FILTERED_TO_COUNT -> "<= 2";
      case RATIO_TWO_STACKS_TO_OURS, RATIO_RESCAN_TO_OURS -> "-";
      case BYTES_PER_EVENT -> "<= 32";
      case BYTES_PER_ENTITY -> "<= 1 024";
    };
  }

  /** Whether it is a ratio of two times per event. */
  boolean isRatio() {
    return kind == Kind.RATIO;
  }

  /** Whether the table shows it beside a measurement. */
  boolean isShownBeside(Measured measured) {
    return row.equals(measured.name());
  }

  /** Its value. */
  double of(Times times, StateSize size) {
    return switch (kind) {
      case RATE -> NANOS_PER_SECOND / times.nanosOf(above);
      case RATIO -> times.nanosOf(above) / times.nanosOf(below);
      case SIZE -> this == BYTES_PER_EVENT ? size.bytesPerEvent() : size.bytesPerEntity();
    };
  }
}
