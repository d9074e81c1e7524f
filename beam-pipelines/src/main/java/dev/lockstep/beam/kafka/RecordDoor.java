package dev.lockstep.beam.kafka;

import dev.lockstep.intake.MessageReader;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.time.RecordTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The door of the records of a stream's topics, whoever reads them: from a record to its row, or to
 * the reason why there is none (C13). Not thread-safe.
 */
final class RecordDoor {
  private record Source(MessageReader reader, RowIntake intake) {}

  private final Map<String, Source> byTopic = new HashMap<>();
  private final boolean live;

  /**
   * @param schemas texts of Avro schemas that messages may be written by
   * @param live whether the topics are live ones, on which no clock records are
   */
  RecordDoor(FeaturePlan plan, StreamTopics topics, List<String> schemas, boolean live) {
    this.live = live;
    Router router = new Router(plan, plan.branches());
    for (SourcePlan source : plan.sources()) {
      if (!source.table()) {
        RowIntake intake = new RowIntake(source, router);
        byTopic.put(topics.topicOf(source), new Source(new MessageReader(intake, schemas), intake));
      }
    }
  }

  /**
   * Admits a record.
   *
   * @throws DataException if it can't be an event
   */
  SourceRow admit(
      String topic,
      int partition,
      long offset,
      long timestampMillis,
      @Nullable Headers headers,
      byte @Nullable [] value) {
    Source source = source(topic);
    requireNoClock(headers);
    source.reader.read(value);
    if (!RecordTimes.canBeMeant(timestampMillis)) {
      source.intake.values(); // whose faults are told first, as where the time is microseconds
      throw new DataException(RecordTimes.problem(timestampMillis));
    }
    Long ingestedAt = RecordHeaders.number(headers, RecordHeaders.INGESTED_AT);
    SourceRow row =
        source.intake.admit(
            timestampMillis * Micros.PER_MILLI,
            sequence(partition, offset),
            ingestedAt == null ? 0 : ingestedAt);
    source.intake.requireKey(row);
    return row;
  }

  /** As in archived history: what no sequence can hold is no position. */
  private static long sequence(int partition, long offset) {
    try {
      return KnowledgePosition.packSequence(partition, offset);
    } catch (IllegalArgumentException e) {
      throw new DataException("no Kafka position: " + e.getMessage(), e);
    }
  }

  /** Why a topic's row is late (C4); null if it isn't. */
  @Nullable String lateness(String topic, SourceRow row) {
    return source(topic).intake.lateness(row);
  }

  /** How many numbers of a topic's records were no finite ones since it was last asked. */
  long takeNotFinite(String topic) {
    return source(topic).intake.takeNotFinite();
  }

  private Source source(String topic) {
    Source source = byTopic.get(topic);
    if (source == null) {
      throw new IllegalStateException("no source reads topic " + topic);
    }
    return source;
  }

  /** Clock records of a replay end where they are read: one that comes here can't be meant. */
  private void requireNoClock(@Nullable Headers headers) {
    if (RecordHeaders.has(headers, RecordHeaders.CLOCK)) {
      throw new DataException(
          live
              ? "a clock record of a replay on a live topic, where the broker's clock counts: start"
                  + " the stream with --replay to replay into its topics"
              : "a clock record whose header "
                  + RecordHeaders.CLOCK
                  + " is no time within 1990 to 2100 as eight bytes of milliseconds");
    }
  }
}
