package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.intake.MessageReader;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.time.RecordTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
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
  private static final Counter LATE = Metrics.counter("lockstep", "late");
  private static final Counter DEAD = Metrics.counter("lockstep", "dead_letters");
  private static final Counter NOT_FINITE = Metrics.counter("lockstep", "not_finite_as_null");

  static final TupleTag<KV<Integer, byte[]>> ROWS = new TupleTag<>("rows") {};
  static final TupleTag<ProducerRecord<byte[], byte[]>> DEAD_LETTERS =
      new TupleTag<>("dead_letters") {};
  static final TupleTag<ProducerRecord<byte[], byte[]>> LATE_EVENTS =
      new TupleTag<>("late_events") {};

  private record Source(MessageReader reader, RowIntake intake) {}

  private final FeatureSet<?> set;
  private final StreamTopics topics;
  private final List<String> schemas;
  private final boolean live;
  private transient FeaturePlan plan;
  private transient Map<String, Source> byTopic;
  private transient SourceRowCodec rows;

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
    Router router = new Router(plan, plan.branches());
    byTopic = new HashMap<>();
    for (SourcePlan source : plan.sources()) {
      if (!source.table()) {
        RowIntake intake = new RowIntake(source, router);
        byTopic.put(topics.topicOf(source), new Source(new MessageReader(intake, schemas), intake));
      }
    }
    rows = new SourceRowCodec(plan);
  }

  @ProcessElement
  public void process(@Element KafkaRecord<byte[], byte[]> record, MultiOutputReceiver out) {
    Source source = byTopic.get(record.getTopic());
    if (source == null) {
      throw new IllegalStateException("no source reads topic " + record.getTopic());
    }
    try {
      requireNoClock(record);
      SourceRow row = admit(source, record);
      String late = source.intake.lateness(row);
      if (late != null) {
        LATE.inc();
        out.get(LATE_EVENTS).output(Letter.of(topics.late(), record, late));
      } else {
        out.get(ROWS)
            .output(
                KV.of(StreamFeatures.keyOf(plan, row, record.getPartition()), rows.toBytes(row)));
      }
    } catch (DataException e) {
      DEAD.inc();
      out.get(DEAD_LETTERS)
          .output(Letter.of(topics.deadLetters(), record, String.valueOf(e.getMessage())));
    }
    long notFinite = source.intake.takeNotFinite();
    if (notFinite > 0) {
      NOT_FINITE.inc(notFinite);
    }
  }

  /** Clock records of a replay end where they are read: one that comes here can't be meant. */
  private void requireNoClock(KafkaRecord<byte[], byte[]> record) {
    if (RecordHeaders.has(record.getHeaders(), RecordHeaders.CLOCK)) {
      throw new DataException(
          live
              ? "a clock record of a replay on a live topic, where the broker's clock counts: start"
                  + " the stream with --replay to replay into its topics"
              : "a clock record whose header "
                  + RecordHeaders.CLOCK
                  + " is no time within 1990 to 2100 as eight bytes of milliseconds");
    }
  }

  /** As in archived history: what no sequence can hold is no position. */
  private static long sequence(KafkaRecord<byte[], byte[]> record) {
    try {
      return KnowledgePosition.packSequence(record.getPartition(), record.getOffset());
    } catch (IllegalArgumentException e) {
      throw new DataException("no Kafka position: " + e.getMessage(), e);
    }
  }

  private SourceRow admit(Source source, KafkaRecord<byte[], byte[]> record) {
    source.reader.read(record.getKV().getValue());
    if (!RecordTimes.canBeMeant(record.getTimestamp())) {
      source.intake.values(); // whose faults are told first, as where the time is microseconds
      throw new DataException(RecordTimes.problem(record.getTimestamp()));
    }
    Long ingestedAt = RecordHeaders.number(record.getHeaders(), RecordHeaders.INGESTED_AT);
    SourceRow row =
        source.intake.admit(
            record.getTimestamp() * Micros.PER_MILLI,
            sequence(record),
            ingestedAt == null ? 0 : ingestedAt);
    source.intake.requireKey(row);
    return row;
  }
}
