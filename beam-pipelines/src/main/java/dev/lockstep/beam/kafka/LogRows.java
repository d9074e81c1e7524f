package dev.lockstep.beam.kafka;

import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.RecordTimes;
import java.util.List;
import java.util.function.Consumer;

/** The rows of topics as a stream takes them: late ones and what is no event left out. */
public final class LogRows {
  private LogRows() {}

  /**
   * Reads ranges one after another.
   *
   * @param schemas texts of Avro schemas that messages may be written by
   * @param live whether the topics are live ones, on which no clock records are
   * @throws LogUnreadableException if a range can't be read to its end
   */
  public static void read(
      FeaturePlan plan,
      String bootstrapServers,
      List<LogRange> ranges,
      List<String> schemas,
      boolean live,
      Consumer<SourceRow> into) {
    RecordDoor door = new RecordDoor(plan, StreamTopics.of("", plan), schemas, live);
    SourceRowCodec codec = new SourceRowCodec(plan);
    try (LogReader reader = new LogReader(bootstrapServers)) {
      for (LogRange range : ranges) {
        reader.read(
            range,
            record -> {
              if (!live && RecordHeaders.clock(record.headers()) != null) {
                return;
              }
              if (!RecordTimes.canBeMeant(record.timestamp())) {
                return;
              }
              SourceRow row;
              try {
                row =
                    door.admit(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.headers(),
                        record.value());
              } catch (DataException e) {
                return; // a dead letter, whose reason the stream has said
              }
              if (door.lateness(record.topic(), row) == null) {
                into.accept(codec.fromBytes(codec.toBytes(row))); // the door reuses its values
              }
            });
      }
    }
  }
}
