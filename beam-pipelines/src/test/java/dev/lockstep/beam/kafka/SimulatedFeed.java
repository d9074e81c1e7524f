package dev.lockstep.beam.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one run of a job over a {@link SimulatedKafka}: real {@link TopicReader}s and {@link
 * PartitionProgress}, and a model of the two threads that fetch and ask, each of whose steps is
 * taken when it is called.
 */
public final class SimulatedFeed implements SlotFeed {
  private static final ReadMark.MarkCoder MARKS = new ReadMark.MarkCoder();

  private final SimulatedKafka kafka;
  private final KafkaInputs inputs;

  /** How far the worker's clock is ahead of the broker's, in milliseconds. */
  private final long skewMillis;

  private final List<TopicReader> readers = new ArrayList<>();
  private final List<Reading> reading = new ArrayList<>();

  /** The broker's clock was at least there when the round of questions that goes on began. */
  private long askedAt;

  /** What the round is to ask next: metadata, then each partition; -1 between rounds. */
  private int next = -1;

  private long wholeRoundAt = Long.MIN_VALUE;

  private static final class Reading {
    final ReadPartition read;
    final SimulatedLog log;
    long fetchedTo;

    Reading(ReadPartition read, SimulatedLog log) {
      this.read = read;
      this.log = log;
      this.fetchedTo = read.progress().position();
    }
  }

  public SimulatedFeed(SimulatedKafka kafka, KafkaInputs inputs, long skewMillis) {
    this.kafka = kafka;
    this.inputs = inputs;
    this.skewMillis = skewMillis;
  }

  /**
   * A reader of a slot.
   *
   * @param mark bytes of where a checkpoint left it; null to begin
   */
  public UnboundedReader<KafkaRecord<byte[], byte[]>> open(
      TopicSource source, byte @Nullable [] mark) throws IOException {
    List<ReadMark.Place> places =
        mark == null ? List.of() : MARKS.decode(new java.io.ByteArrayInputStream(mark)).places();
    return new TopicReader(source, inputs, places, this);
  }

  /** The bytes of a reader's mark. */
  public static byte[] toBytes(CheckpointMark mark) throws IOException {
    var out = new java.io.ByteArrayOutputStream();
    MARKS.encode((ReadMark) mark, out);
    return out.toByteArray();
  }

  /** How many partitions are read. */
  public int reading() {
    return reading.size();
  }

  /** Fetches some records of a partition that is read; whether there were any. */
  public boolean fetch(int partition, int most) {
    Reading from = reading.get(partition);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (records.size() < most && from.fetchedTo < from.log.end()) {
      records.add(from.log.record(from.fetchedTo++));
    }
    from.read.fetched(records, from.fetchedTo);
    return !records.isEmpty();
  }

  /** The next step of the asking thread; whether a round ended with it. */
  public boolean ask() {
    if (next < 0) {
      askedAt = kafka.clockMillis() + skewMillis - inputs.brokerSkewMillis();
      next = 0;
    } else if (next == 0) {
      begin();
      next = 1;
    } else if (next <= reading.size()) {
      Reading of = reading.get(next - 1);
      of.read.progress().asked(askedAt, of.log.end());
      next++;
    }
    if (next > reading.size()) {
      wholeRoundAt = askedAt;
      next = -1;
      return true;
    }
    return false;
  }

  /** Lets slots begin with their partitions that they don't read yet, as {@link PartitionWatch}. */
  private void begin() {
    for (TopicReader reader : readers) {
      for (SimulatedLog log : kafka.logs()) {
        if (log.exists() && reader.lacks(log.partition())) {
          begin(reader, log);
        }
      }
      reader.knowsItsPartitions();
    }
  }

  private void begin(TopicReader reader, SimulatedLog log) {
    ReadMark.Place place = reader.placeOf(log.partition());
    ReadPartition read =
        new ReadPartition(
            reader,
            log.partition(),
            Uuid.ZERO_UUID,
            new PartitionProgress(
                inputs.topic(log.partition().topic()),
                inputs.live(),
                place != null ? place.position() : 0,
                place != null ? place.progressMillis() : PartitionProgress.NOTHING_TOLD_MILLIS));
    reader.begin(read);
    reading.add(new Reading(read, log));
  }

  @Override
  public void join(TopicReader reader) {
    readers.add(reader);
  }

  @Override
  public void leave(TopicReader reader) {
    readers.remove(reader);
  }

  @Override
  public void failIfBroken() {}

  @Override
  public long latestBrokerClock() {
    return inputs.live()
        ? kafka.clockMillis() + skewMillis + inputs.brokerSkewMillis()
        : Long.MAX_VALUE;
  }

  @Override
  public long emptySlot() {
    if (!inputs.live()) {
      return RecordHeaders.LAST_CLOCK_MILLIS;
    }
    long most = inputs.topics().stream().mapToLong(InputTopic::visibleWithinMillis).max().orElse(0);
    return wholeRoundAt == Long.MIN_VALUE
        ? PartitionProgress.NOTHING_TOLD_MILLIS
        : Math.max(PartitionProgress.NOTHING_TOLD_MILLIS, wholeRoundAt - most);
  }

  @Override
  public void commit(ReadMark mark) {}
}
