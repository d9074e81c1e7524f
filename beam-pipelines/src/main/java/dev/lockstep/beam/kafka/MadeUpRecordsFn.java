package dev.lockstep.beam.kafka;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Records of a set's sources that nobody sent, drawn from seeds, as {@link DecodeFn} takes them:
 * those that the set's record types refuse are left out.
 */
final class MadeUpRecordsFn extends DoFn<Integer, KafkaRecord<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final FeatureSet<?> set;
  private final StreamTopics topics;
  private final int recordsOfASeed;

  MadeUpRecordsFn(FeatureSet<?> set, StreamTopics topics, int recordsOfASeed) {
    this.set = set;
    this.topics = topics;
    this.recordsOfASeed = recordsOfASeed;
  }

  @ProcessElement
  public void process(@Element Integer seed, OutputReceiver<KafkaRecord<byte[], byte[]>> out) {
    FeaturePlan plan = FeaturePlan.of(set);
    List<EventEncoder> encoders = new ArrayList<>();
    for (SourcePlan source : plan.sources()) {
      encoders.add(new EventEncoder(source.schema(), EventEncoder.Format.JSON));
    }
    NastyEvents events = NastyEvents.onKafka(plan, seed);
    for (int i = 0; i < recordsOfASeed; i++) {
      KafkaRecord<byte[], byte[]> record = next(plan, events, encoders);
      if (record != null) {
        out.output(record);
      }
    }
  }

  /** The next record; null for one that can't be made or written, and for a table's. */
  private @Nullable KafkaRecord<byte[], byte[]> next(
      FeaturePlan plan, NastyEvents events, List<EventEncoder> encoders) {
    try {
      RecordedEvent event = events.records(1).get(0);
      SourcePlan source = plan.sources().get(event.source());
      return source.table()
          ? null
          : record(topics.topicOf(source), event, encoders.get(event.source()));
    } catch (RuntimeException e) {
      return null; // the record's own code doesn't take what was drawn for it
    }
  }

  private static KafkaRecord<byte[], byte[]> record(
      String topic, RecordedEvent event, EventEncoder encoder) {
    return new KafkaRecord<>(
        topic,
        KnowledgePosition.partitionOf(event.position()),
        KnowledgePosition.offsetOf(event.position()),
        event.recordTimestampMicros() / Micros.PER_MILLI,
        KafkaTimestampType.CREATE_TIME,
        new RecordHeaders(),
        new byte[0],
        encoder.encode(event.value()));
  }
}
