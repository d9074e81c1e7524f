package dev.lockstep.testing;

import dev.lockstep.define.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/** Random windows of every kind. */
public final class RandomWindows {
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.of(1, ChronoUnit.MICROS),
          Duration.ofMillis(1),
          Duration.ofSeconds(7),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(24),
          Duration.ofDays(90));

  private static final List<Duration> LOCAL =
      List.of(
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(3));

  private static final List<ZoneId> ZONES =
      List.of(ZoneId.of("UTC"), ZoneId.of("America/New_York"), ZoneId.of("Asia/Kathmandu"));

  private RandomWindows() {}

  public static Window next(SplittableRandom random) {
    Duration length = LENGTHS.get(random.nextInt(LENGTHS.size()));
    ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
    return switch (random.nextInt(21)) {
      case 14 -> Window.lastEvents(1 + random.nextInt(5)).within(length);
      case 15 -> Window.weekToDate(zone);
      case 16 -> Window.quarterToDate(zone);
      case 17 -> Window.previousDay(zone);
      case 18 -> random.nextBoolean() ? Window.previousWeek(zone) : Window.previousMonth(zone);
      case 19 -> Window.tumbling(LOCAL.get(random.nextInt(LOCAL.size())), zone);
      case 20 -> Window.previousQuarter(zone);
      case 0 -> Window.last(length).hop(length);
      case 1 -> Window.last(length.multipliedBy(3)).hop(length);
      case 2 -> Window.last(length).endingBefore(LENGTHS.get(random.nextInt(LENGTHS.size())));
      case 3 ->
          Window.last(length.multipliedBy(2)).hop(length).endingBefore(length.multipliedBy(2));
      case 4 -> Window.tumbling(length);
      case 5 -> Window.lastEvents(1 + random.nextInt(5));
      case 6 -> Window.session(length, length.multipliedBy(1 + random.nextInt(5)));
      case 7 -> Window.lifetime();
      case 8 -> Window.dayToDate(zone);
      case 9 -> Window.monthToDate(zone);
      default -> Window.last(length);
    };
  }

  public static boolean hasLength(Window window) {
    return !(window instanceof Window.LastEvents
        || window instanceof Window.Session
        || window instanceof Window.Lifetime);
  }
}
