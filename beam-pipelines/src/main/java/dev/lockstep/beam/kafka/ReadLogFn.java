package dev.lockstep.beam.kafka;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.time.RecordTimes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what the topics of a set's stream hold, a partition at a time, as the stream reads them:
 * rows by the same door, the rest counted by reason; and when rows came behind their partition's
 * progress (C5), as far as the log itself tells.
 */
public final class ReadLogFn extends DoFn<LogRange, byte[]> {
  private static final long serialVersionUID = 1L;

  /** The rows, as {@link SourceRowCodec} writes them. */
  public static final TupleTag<byte[]> ROWS = new TupleTag<>("rows") {};

  /** Counts by name: {@code rows/SOURCE}, {@code overdue/SOURCE}, and those of {@link Reasons}. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  /**
   * From which to which availability, in microseconds, requests may have been answered before an
   * overdue row of theirs was read.
   */
  public static final TupleTag<KV<Long, Long>> OVERDUE = new TupleTag<>("overdue") {};

  private final FeatureSet<?> set;
  private final String bootstrapServers;
  private final List<String> schemas;
  private final boolean live;
  private final long brokerClockMillis;
  private transient FeaturePlan plan;

  /**
   * @param schemas texts of Avro schemas that messages may be written by
   * @param live whether the topics are live ones, on which no clock records are
   * @param brokerClockMillis what no broker's clock was beyond; a timestamp ahead of it tells
   *     nothing of a live partition's progress
   */
  @SuppressWarnings("NullAway.Init") // @Setup makes the transient part
  public ReadLogFn(
      FeatureSet<?> set,
      String bootstrapServers,
      List<String> schemas,
      boolean live,
      long brokerClockMillis) {
    this.set = set;
    this.bootstrapServers = bootstrapServers;
    this.schemas = List.copyOf(schemas);
    this.live = live;
    this.brokerClockMillis = brokerClockMillis;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
  }

  @ProcessElement
  public void process(@Element LogRange range, MultiOutputReceiver out) {
    StreamTopics topics = StreamTopics.of("", plan);
    SourcePlan source =
        plan.sources().stream()
            .filter(s -> !s.table() && topics.topicOf(s).equals(range.topic()))
            .findFirst()
            .orElseThrow();
    Partition partition = new Partition(source, topics, range, out);
    try (LogReader reader = new LogReader(bootstrapServers)) {
      reader.read(range, partition::take);
    }
    partition.end();
  }

  /** One partition while it is read. */
  private final class Partition {
    private final SourcePlan source;
    private final MultiOutputReceiver out;
    private final RecordDoor door;
    private final SourceRowCodec codec = new SourceRowCodec(plan);
    private final PartitionProgress progress;
    private final Stretches overdue = new Stretches();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Reasons reasons;

    Partition(SourcePlan source, StreamTopics topics, LogRange range, MultiOutputReceiver out) {
      this.source = source;
      this.out = out;
      this.door = new RecordDoor(plan, topics, schemas, live);
      this.reasons = new Reasons(source.name());
      InputTopic topic =
          new InputTopic(
              range.topic(),
              Micros.toMillis(source.promises().disorderMicros()),
              0,
              new TreeMap<>());
      this.progress =
          new PartitionProgress(topic, live, range.first(), PartitionProgress.NOTHING_TOLD_MILLIS);
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
      Long clock = live ? null : RecordHeaders.clock(record.headers());
      if (clock != null) {
        progress.clock(clock);
        return;
      }
      try {
        SourceRow row =
            door.admit(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.headers(),
                record.value());
        String late = door.lateness(record.topic(), row);
        if (late != null) {
          reasons.add(Reasons.LATE, late);
        } else {
          row(row, record.timestamp());
        }
      } catch (DataException e) {
        reasons.add(Reasons.DEAD_LETTERS, String.valueOf(e.getMessage()));
      }
      if (RecordTimes.canBeMeant(record.timestamp())
          && !RecordHeaders.has(record.headers(), RecordHeaders.CLOCK)) {
        progress.read(record.offset(), record.timestamp(), brokerClockMillis);
      }
    }

    private void row(SourceRow row, long timestampMillis) {
      count("rows");
      long stands = progress.millis();
      if (timestampMillis < stands) {
        count("overdue");
        overdue.add(row.availableAtMicros(), (stands + 1) * Micros.PER_MILLI);
      }
      out.get(ROWS).output(codec.toBytes(row));
    }

    private void count(String what) {
      counts.merge(what + "/" + source.name(), 1L, Long::sum);
    }

    void end() {
      counts.forEach((name, count) -> out.get(COUNTS).output(KV.of(name, count)));
      reasons.each((name, count) -> out.get(COUNTS).output(KV.of(name, count)));
      overdue.each((from, until) -> out.get(OVERDUE).output(KV.of(from, until)));
    }
  }
}
