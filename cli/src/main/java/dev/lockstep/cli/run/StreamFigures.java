package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.InputStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has done since it was ready, in words for whoever watches its terminal.
 *
 * @param read records read
 * @param vectors published
 * @param late events, those of the topic for them
 * @param dead letters
 * @param overdue records that came behind their partition's progress
 */
record StreamFigures(long read, long vectors, long late, long dead, long overdue) {
  /** A partition that far behind is worth a word, beyond what its promises make it be. */
  private static final Duration STALLED = Duration.ofSeconds(15);

  StreamFigures minus(StreamFigures before) {
    return new StreamFigures(
        read - before.read,
        vectors - before.vectors,
        late - before.late,
        dead - before.dead,
        overdue - before.overdue);
  }

  /** One line: what came, and what became of it. */
  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(counted(read, "record read", "records read"));
    parts.add(counted(vectors, "vector", "vectors"));
    parts.add(counted(late, "late", "late"));
    parts.add(counted(dead, "dead letter", "dead letters"));
    if (overdue > 0) {
      parts.add(counted(overdue, "overdue", "overdue"));
    }
    return String.join(", ", parts);
  }

  private static String counted(long count, String one, String more) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : more);
  }

  /**
   * Which partition holds all others back, and why; null if none does for long.
   *
   * @param before the same a while ago
   * @param live whether partitions should follow the clock
   * @param visibleWithin what a quiet partition is behind anyway
   */
  static @Nullable String stalled(
      InputStatus now, InputStatus before, boolean live, Duration visibleWithin, long nowMillis) {
    if (now.problem() != null) {
      return now.problem();
    }
    InputStatus.Partition last = null;
    for (InputStatus.Partition partition : now.partitions()) {
      if (last == null || partition.progressMillis() < last.progressMillis()) {
        last = partition;
      }
    }
    if (last == null) {
      return null;
    }
    if (!live) {
      return waitsForClock(last, now, before);
    }
    long behind = nowMillis - last.progressMillis();
    if (behind < visibleWithin.plus(STALLED).toMillis()) {
      return null;
    }
    InputStatus.Partition then = find(before, last.name());
    return then != null && then.progressMillis() < last.progressMillis()
        ? last.name() + " is " + ago(behind) + " behind, and catching up: " + unread(last)
        : reason(last, then, behind);
  }

  /** A replay holds something back only where some of its partitions were told more than others. */
  private static @Nullable String waitsForClock(
      InputStatus.Partition last, InputStatus now, InputStatus before) {
    boolean moved = !now.partitions().equals(before.partitions());
    boolean equal =
        now.partitions().stream().allMatch(p -> p.progressMillis() == last.progressMillis());
    if (moved || equal) {
      return null;
    }
    return last.unread() > 0 && last.heldBy() != null
        ? "stalled: " + last.name() + ", because " + held(last)
        : last.name() + " waits for a clock record of the replay";
  }

  private static String reason(
      InputStatus.Partition last, InputStatus.@Nullable Partition then, long behind) {
    String what = "stalled: " + last.name() + ", " + ago(behind) + " behind, ";
    if (last.unread() == 0) {
      return what + "because its end isn't told: its leader doesn't answer";
    }
    if (then == null || then.position() < last.position()) {
      return what + "because records come faster than they are read: " + unread(last);
    }
    return what
        + "because "
        + (last.heldBy() == null
            ? "its leader hands out no records from offset " + last.position() + " on"
            : held(last));
  }

  private static String held(InputStatus.Partition partition) {
    return partition.heldBy()
        + " holds it at offset "
        + partition.position()
        + " of "
        + partition.end();
  }

  private static String unread(InputStatus.Partition partition) {
    return counted(partition.unread(), "record not read", "records not read");
  }

  private static InputStatus.@Nullable Partition find(InputStatus status, String name) {
    return status.partitions().stream()
        .filter(partition -> partition.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String ago(long millis) {
    Duration behind = Duration.ofMillis(millis);
    if (behind.toDays() > 365) {
      return "as long as nothing was read of it";
    }
    if (behind.toHours() > 0) {
      return behind.toHours() + " h " + behind.toMinutesPart() + " min";
    }
    return behind.toMinutes() > 0 ? behind.toMinutes() + " min" : behind.toSeconds() + " s";
  }
}
