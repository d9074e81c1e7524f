package dev.lockstep.benchmarks.load;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sinceLast;

import dev.lockstep.plan.ViewPlan;
import java.time.Duration;

/** What could make a hot entity's event dear: ties, waiting, filters that are rarely true. */
public enum HotLoad {
  SPREAD("10 features over 30 h, 100 000 a day"),
  TIES("  the same, all of a day at midnight"),
  ASKED("10 features over 48 h, asked about"),
  WAITING("  the same, each known a day later"),
  COUNT_FILTERED("count of one in 10 000, over 24 h"),
  SINCE_FILTERED("  since the last of one in 10 000");

  private static final long RARELY_ABOVE = 99_990;

  private final String text;

  HotLoad(String text) {
    this.text = text;
  }

  /** What it is, for people; under the one it is compared with, indented. */
  public String text() {
    return text;
  }

  ViewPlan view() {
    return switch (this) {
      case SPREAD, TIES -> Views.ten(Duration.ofHours(30));
      case ASKED, WAITING -> Views.ten(Duration.ofHours(48));
      case COUNT_FILTERED -> Views.above(RARELY_ABOVE, count(), Duration.ofHours(24));
      case SINCE_FILTERED -> Views.above(RARELY_ABOVE, sinceLast(), Duration.ofHours(24));
    };
  }
}
