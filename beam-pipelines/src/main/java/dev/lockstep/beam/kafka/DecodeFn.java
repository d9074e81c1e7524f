package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.beam.stream.Tally;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Kafka records to rows, in one step so that few steps hold the watermark: read what the plan needs
 * of the message, admit, key by id.
 *
 * <p>What can't be an event goes to the dead letter with its reason, position and bytes (C13), what
 * is late to the late output (C4).
 */
final class DecodeFn extends DoFn<KafkaRecord<byte[], byte[]>, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;
  private static final Tally NOT_FINITE = Tally.of(ProcessFigures.NOT_FINITE);

  static final TupleTag<KV<Integer, byte[]>> ROWS = new TupleTag<>("rows") {};
  static final TupleTag<ProducerRecord<byte[], byte[]>> DEAD_LETTERS =
      new TupleTag<>("dead_letters") {};
  static final TupleTag<ProducerRecord<byte[], byte[]>> LATE_EVENTS =
      new TupleTag<>("late_events") {};

  private final FeatureSet<?> set;
  private final StreamTopics topics;
  private final List<String> schemas;
  private final boolean live;
  private transient FeaturePlan plan;
  private transient RecordDoor door;
  private transient SourceRowCodec rows;
  private transient Map<String, Tally> admitted;

  /**
   * @param schemas texts of Avro schemas that messages may be written by
   * @param live whether the topics are live ones, on which no clock records are
   */
  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  DecodeFn(FeatureSet<?> set, StreamTopics topics, List<String> schemas, boolean live) {
    this.set = set;
    this.topics = topics;
    this.schemas = List.copyOf(schemas);
    this.live = live;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    door = new RecordDoor(plan, topics, schemas, live);
    rows = new SourceRowCodec(plan);
    admitted = new HashMap<>();
  }

  @ProcessElement
  public void process(@Element KafkaRecord<byte[], byte[]> record, MultiOutputReceiver out) {
    try {
      SourceRow row =
          door.admit(
              record.getTopic(),
              record.getPartition(),
              record.getOffset(),
              record.getTimestamp(),
              record.getHeaders(),
              record.getKV().getValue());
      String late = door.lateness(record.getTopic(), row);
      if (late != null) {
        Tally.of(ofTopic(ProcessFigures.LATE, record)).inc();
        out.get(LATE_EVENTS).output(Letter.of(topics.late(), record, late));
      } else {
        admitted
            .computeIfAbsent(
                record.getTopic(), t -> Tally.of(ofTopic(ProcessFigures.EVENTS, record)))
            .inc();
        out.get(ROWS)
            .output(
                KV.of(StreamFeatures.keyOf(plan, row, record.getPartition()), rows.toBytes(row)));
      }
    } catch (DataException e) {
      String reason =
          record.getTopic() + ": " + Reasons.withoutValues(String.valueOf(e.getMessage()));
      Tally.of(Tally.labelled(ProcessFigures.DEAD_LETTERS, "reason", reason)).inc();
      out.get(DEAD_LETTERS)
          .output(Letter.of(topics.deadLetters(), record, String.valueOf(e.getMessage())));
    }
    long notFinite = door.takeNotFinite(record.getTopic());
    if (notFinite > 0) {
      NOT_FINITE.inc(notFinite);
    }
  }

  private static String ofTopic(String name, KafkaRecord<byte[], byte[]> record) {
    return Tally.labelled(name, "topic", record.getTopic());
  }
}
