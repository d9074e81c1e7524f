package dev.lockstep.cli.replay;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.HistoryFiles;
import dev.lockstep.beam.read.HistoryRange;
import dev.lockstep.beam.read.HistoryRows;
import dev.lockstep.beam.read.WholeRows;
import dev.lockstep.cli.history.Given;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a history that became known in a stretch of time, in that order: each as its file
 * has it, with all fields that can be read. What the stream couldn't use is left out with its
 * reason; what is late goes along, for the stream to judge.
 */
public final class ReplayLog {
  private final EventSort sort;
  private final Map<String, Integer> partitions;
  private final long count;
  private final long countBefore;

  private ReplayLog(EventSort sort, Map<String, Integer> partitions, long count, long countBefore) {
    this.sort = sort;
    this.partitions = partitions;
    this.count = count;
    this.countBefore = countBefore;
  }

  /**
   * A stretch of availability.
   *
   * @param fromMicros inclusive
   * @param untilMicros exclusive
   * @param splitMicros what {@link ReplayLog#countBefore} counts is before
   */
  public record Stretch(long fromMicros, long untilMicros, long splitMicros) {
    boolean has(long micros) {
      return micros >= fromMicros && micros < untilMicros;
    }

    HistoryRange range() {
      return new HistoryRange(fromMicros, untilMicros);
    }
  }

  /**
   * Reads the events of all sources of a plan.
   *
   * @param leftOut takes the rows that can't be used
   * @throws dev.lockstep.beam.read.HistoryFileException naming the file that can't be read
   * @throws IOException if nothing is given of a source
   */
  public static ReplayLog read(ReplaySource from, Stretch stretch, LeftOut leftOut)
      throws IOException {
    List<SourcePlan> sources = from.plan().sources().stream().filter(s -> !s.table()).toList();
    EventSort sort =
        new EventSort(
            from.work(), sources.stream().map(from.topics()::topicOf).toList(), from.runBytes());
    Map<String, Integer> partitions = new HashMap<>();
    long[] counts = {0, 0};
    for (SourcePlan source : sources) {
      EventRows rows = new EventRows(source, from.topics().topicOf(source), stretch, leftOut);
      int place = 0;
      for (HistoryFile file : HistoryFiles.inspect(source, Given.of(from.history(), source))) {
        RowIntake door = RowIntake.ofWhole(from.plan(), source, WholeRows.beside(source, file));
        HistoryRows.read(
            door,
            file,
            stretch.range(),
            rows.of(
                door,
                place++,
                event -> {
                  counts[0]++;
                  counts[1] += event.availableAtMicros() < stretch.splitMicros() ? 1 : 0;
                  partitions.merge(event.topic(), event.partition() + 1, Math::max);
                  sort.add(event);
                }));
      }
    }
    sort.end();
    return new ReplayLog(sort, partitions, counts[0], counts[1]);
  }

  /**
   * How many events became known in a stretch, without holding any.
   *
   * @throws IOException if nothing is given of a source
   */
  public static long count(ReplaySource from, Stretch stretch) throws IOException {
    long[] count = {0};
    for (SourcePlan source : from.plan().sources()) {
      if (source.table()) {
        continue;
      }
      RowIntake door = RowIntake.of(from.plan(), source);
      for (HistoryFile file : HistoryFiles.inspect(source, Given.of(from.history(), source))) {
        HistoryRows.read(door, file, stretch.range(), counting(door, stretch, count));
      }
    }
    return count[0];
  }

  private static HistoryRows.Sink counting(RowIntake door, Stretch stretch, long[] count) {
    return new HistoryRows.Sink() {
      @Override
      public void row(String file, long row, long recordTimestampMicros, long position) {
        try {
          SourceRow admitted = door.admit(recordTimestampMicros, Math.max(position, 0), 0);
          if (stretch.has(admitted.availableAtMicros()) && !door.isKeyless(admitted)) {
            EventRows.requireSendable(admitted, recordTimestampMicros);
            count[0]++;
          }
        } catch (DataException e) {
          // Left out, and told when the events themselves are read.
        }
      }

      @Override
      public void unreadable(String file, long row, DataException reason) {}
    };
  }

  /** How many events there are. */
  public long count() {
    return count;
  }

  /** How many of them became known before the stretch's split. */
  public long countBefore() {
    return countBefore;
  }

  /**
   * How many partitions the archive of a topic had, as far as its rows tell; 0 where it is none.
   */
  public int partitions(String topic) {
    return partitions.getOrDefault(topic, 0);
  }

  /** How many runs of events didn't fit into memory. */
  public int runsWritten() {
    return sort.runsWritten();
  }

  /** The events, in order; may be asked again. */
  public ReplayCursor open() {
    return sort.open();
  }

  /** The greatest whole millisecond of an event's availability. */
  public static long millisOf(ReplayEvent event) {
    return Micros.toMillis(event.availableAtMicros());
  }
}
