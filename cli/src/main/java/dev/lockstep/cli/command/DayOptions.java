package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.project.History;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which days are backfilled one by one, each going on from the one before. */
final class DayOptions {
  @Option(
      names = "--by-day",
      description = {
        "A training set a day (UTC), each going on from the snapshot of the day before: a nightly",
        "run reads what is new. Days that are there are left. A row whose label comes later is in",
        "the day on which it is final."
      })
  boolean byDay;

  @Option(
      names = "--first",
      paramLabel = "DAY",
      description = "With --by-day: the first day; default: the day of --from.")
  @Nullable LocalDate first;

  @Option(
      names = "--last",
      paramLabel = "DAY",
      description = "With --by-day: the last day; default: the day before --until.")
  @Nullable LocalDate last;

  LocalDate first(@Nullable Instant from) {
    if (first != null) {
      return first;
    }
    if (from == null) {
      throw new CommandException(
          "--by-day needs its first day", "give --first DAY, such as --first 2001-01-08");
    }
    return LocalDate.ofInstant(from, ZoneOffset.UTC);
  }

  LocalDate last(History history, @Nullable Instant until) {
    if (last != null) {
      if (first != null && first.isAfter(last)) {
        throw new CommandException(
            "--first is " + first + ", after --last, which is " + last,
            "give a first day that is not after the last (--first, --last)");
      }
      return last;
    }
    Instant end = until != null ? until : history.trainUntil();
    return LocalDate.ofInstant(end.minusNanos(1), ZoneOffset.UTC);
  }
}
