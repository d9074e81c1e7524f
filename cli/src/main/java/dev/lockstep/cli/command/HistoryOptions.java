package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.project.History;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of a history gets rows, and how much memory that may take. */
final class HistoryOptions {
  private static final long MEGABYTE = 1L << 20;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description =
          "Give rows only to what asked from then on; what came before counts all the same.")
  @Nullable Instant from;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description =
          "Leave out what became known from then on; default: the history's training end.")
  @Nullable Instant until;

  @Option(names = "--all", description = "Leave out nothing; not with --until.")
  boolean all;

  @Option(
      names = "--spine",
      paramLabel = "PATH",
      description = {
        "Parquet (a file, folder or pattern; repeatable) whose rows ask, in place of the requests'",
        "events: keys, event time, and an id where there is one."
      })
  List<Path> spine = List.of();

  @Option(
      names = "--shard-memory",
      paramLabel = "MB",
      description = "What a shard holds in memory; beyond, its rows go to disk. Default 96.")
  @Nullable Long shardMegabytes;

  /** Until when, if that was said or the history says it; a spine asks whatever it asks. */
  @Nullable Instant end(History history) {
    if (all && until != null) {
      throw new CommandException(
          "--all and --until exclude each other", "leave out one of the two");
    }
    Instant end = all || !spine.isEmpty() ? until : until != null ? until : history.trainUntil();
    requireBefore(
        "--from", from, until != null ? "--until" : "the end of the history's training", end);
    return end;
  }

  /**
   * Refuses a stretch of time that holds nothing.
   *
   * @param first what says its begin, and {@code second} its end
   * @throws CommandException if both are given, and the begin isn't before the end
   */
  static void requireBefore(
      String first, @Nullable Instant from, String second, @Nullable Instant until) {
    if (from != null && until != null && !from.isBefore(until)) {
      throw new CommandException(
          first + " is " + from + ", and " + second + " is " + until + ": nothing lies between",
          "give a begin that is before the end (--from, --until)");
    }
  }

  /** What a shard holds, where that was said. */
  long shardBytes() {
    if (shardMegabytes == null || shardMegabytes < 1) {
      throw new CommandException(
          "--shard-memory is " + shardMegabytes, "give a number of megabytes from 1 on");
    }
    return shardMegabytes * MEGABYTE;
  }
}
