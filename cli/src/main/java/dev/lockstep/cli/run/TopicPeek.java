package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.LogRange;
import dev.lockstep.beam.kafka.LogReader;
import dev.lockstep.beam.kafka.LogUnreadableException;
import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.result.PeekResult;
import dev.lockstep.cli.result.PeekResult.Named;
import dev.lockstep.cli.result.PeekResult.Shown;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ScoringResult;
import dev.lockstep.wire.FeatureVectorCodec;
import dev.lockstep.wire.ScoringResultCodec;
import dev.lockstep.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Looks at the newest records of a topic that a project's processes write, and decodes them. */
public final class TopicPeek {
  private final Definition definition;
  private final FeaturePlan plan;
  private final String kafka;

  public TopicPeek(Definition definition, String kafka) {
    this.definition = definition;
    this.plan = definition.plan();
    this.kafka = kafka;
  }

  /** What a topic holds. */
  public enum Kind {
    VECTORS,
    SCORES,
    LATE,
    DEAD_LETTERS
  }

  /**
   * The newest records of a kind.
   *
   * @throws CommandException if the broker has no such topic, or can't be read
   */
  public PeekResult newest(Kind kind, int most) {
    String topic = topicOf(kind);
    int partitions = new Topics(kafka).partitions(List.of(topic)).getOrDefault(topic, 0);
    if (partitions == 0) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "Kafka at " + kafka + " has no topic " + topic,
          "start what writes it: lockstep stream, or lockstep score for scores");
    }
    List<ConsumerRecord<byte[], byte[]>> newest = new ArrayList<>();
    long held = 0;
    try (LogReader reader = new LogReader(kafka)) {
      for (int partition = 0; partition < partitions; partition++) {
        LogRange all = reader.now(topic, partition);
        held += all.end() - all.first();
        long first = Math.max(all.first(), all.end() - most);
        reader.read(new LogRange(topic, partition, first, all.end()), newest::add);
      }
    } catch (LogUnreadableException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE, String.valueOf(e.getMessage()), "then look again");
    }
    newest.sort(
        Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
            .thenComparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    int begin = Math.max(0, newest.size() - most);
    List<Shown> shown =
        newest.subList(begin, newest.size()).stream().map(r -> shown(kind, r)).toList();
    return new PeekResult(topic, held, shown);
  }

  private String topicOf(Kind kind) {
    StreamTopics topics = StreamTopics.of("", plan);
    return switch (kind) {
      case VECTORS -> topics.vectors();
      case SCORES -> definition.scoresTopic();
      case LATE -> topics.late();
      case DEAD_LETTERS -> topics.deadLetters();
    };
  }

  private Shown shown(Kind kind, ConsumerRecord<byte[], byte[]> record) {
    try {
      return switch (kind) {
        case VECTORS -> vector(record);
        case SCORES -> score(record, ScoringResultCodec.fromBytes(value(record)));
        case LATE, DEAD_LETTERS -> letter(record);
      };
    } catch (WireException e) {
      return of(record, null, List.of(new Named("unreadable", e.getMessage())));
    }
  }

  private Shown vector(ConsumerRecord<byte[], byte[]> record) {
    FeatureVector vector = FeatureVectorCodec.fromBytes(value(record), plan.featureTypes());
    List<Named> values = new ArrayList<>();
    entities(vector.entities(), values);
    values.add(new Named("event_time", time(vector.eventTimeMicros())));
    values.add(new Named("available_at", time(vector.availableAtMicros())));
    if (!vector.fingerprint().equals(plan.fingerprint())) {
      // The names would be those of other features.
      values.add(new Named("of_another_definition", vector.fingerprint()));
      return of(record, vector.requestId(), values);
    }
    for (int i = 0; i < plan.features().size(); i++) {
      Object value = vector.values().get(i);
      values.add(new Named(plan.features().get(i).name(), value == null ? null : value.toString()));
    }
    return of(record, vector.requestId(), values);
  }

  private static Shown score(ConsumerRecord<byte[], byte[]> record, ScoringResult score) {
    List<Named> values = new ArrayList<>();
    entities(score.entities(), values);
    values.add(new Named("score", Double.toString(score.score())));
    values.add(new Named("threshold", Double.toString(score.threshold())));
    values.add(new Named("acted_on", Boolean.toString(score.reachesThreshold())));
    values.add(new Named("model_version", score.modelVersion()));
    values.add(new Named("event_time", time(score.eventTimeMicros())));
    values.add(new Named("scored_at", time(score.scoredAtMicros())));
    return of(record, score.requestId(), values);
  }

  /** Without the message itself, which may hold what nobody should see. */
  private static Shown letter(ConsumerRecord<byte[], byte[]> record) {
    return of(
        record,
        null,
        List.of(
            new Named("reason", header(record, RecordHeaders.REASON)),
            new Named("was_at", header(record, RecordHeaders.POSITION)),
            new Named(
                "bytes", Integer.toString(record.value() == null ? 0 : value(record).length))));
  }

  private static void entities(Map<String, String> entities, List<Named> values) {
    entities.forEach((name, key) -> values.add(new Named(name, key)));
  }

  private static Shown of(
      ConsumerRecord<byte[], byte[]> record, @Nullable String requestId, List<Named> values) {
    String position = record.topic() + "-" + record.partition() + "@" + record.offset();
    return new Shown(position, Instant.ofEpochMilli(record.timestamp()), requestId, values);
  }

  private static byte[] value(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return value == null ? new byte[0] : value;
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static String time(long micros) {
    return Micros.toInstant(micros).toString();
  }
}
