package dev.lockstep.cli.replay;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.read.RecordParquetReader;
import dev.lockstep.define.History;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The events of a history that fall into a stretch of time, in the order they became known. */
public final class ReplayLog {
  private ReplayLog() {}

  /**
   * Reads the events of all sources of a plan that became available in {@code [from, until)}.
   *
   * @throws IOException naming the file that can't be read
   */
  public static List<ReplayEvent> read(
      FeaturePlan plan,
      History history,
      StreamTopics topics,
      EventEncoder.Format format,
      long fromMicros,
      long untilMicros)
      throws IOException {
    List<ReplayEvent> events = new ArrayList<>();
    for (SourcePlan source : plan.sources()) {
      if (!source.table()) {
        for (Path file : files(history, source)) {
          read(plan, source, file, topics, format, fromMicros, untilMicros, events);
        }
      }
    }
    events.sort(Comparator.comparingLong(ReplayEvent::availableAtMicros));
    return events;
  }

  /** The history's files of a source. */
  public static List<Path> files(History history, SourcePlan source) throws IOException {
    List<Path> files = history.files().get(source.name());
    if (files == null) {
      throw new IOException(
          "the history has no files of " + source.name() + "; it has " + history.files().keySet());
    }
    return files;
  }

  private static void read(
      FeaturePlan plan,
      SourcePlan source,
      Path file,
      StreamTopics topics,
      EventEncoder.Format format,
      long fromMicros,
      long untilMicros,
      List<ReplayEvent> into)
      throws IOException {
    RowIntake intake = RowIntake.of(plan, source);
    EventEncoder encoder = new EventEncoder(source.schema(), format);
    String topic = topics.topicOf(source);
    try (RecordParquetReader reader = new RecordParquetReader(source.schema(), file)) {
      for (Object event = reader.read(); event != null; event = reader.read()) {
        SourceRow row = intake.admit(event, Admission.NO_RECORD_TIMESTAMP, 0, 0);
        if (row.availableAtMicros() >= fromMicros && row.availableAtMicros() < untilMicros) {
          String key = Objects.requireNonNullElse(row.id(), Long.toString(row.sequence()));
          into.add(
              new ReplayEvent(
                  topic,
                  key.getBytes(StandardCharsets.UTF_8),
                  encoder.encode(event),
                  row.eventTimeMicros(),
                  row.availableAtMicros()));
        }
      }
    }
  }

  /** The greatest whole millisecond of an event's availability. */
  public static long millisOf(ReplayEvent event) {
    return Micros.toMillis(event.availableAtMicros());
  }
}
