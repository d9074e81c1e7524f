package dev.lockstep.beam.kafka;

import dev.lockstep.time.RecordTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads one slot of a {@link TopicSource}: takes what the process's {@link SlotFeed} fetched, and
 * never waits for it.
 *
 * <p>A subtask's watermark on Flink takes a reader into account once it was asked to advance, and
 * all readers of a subtask are asked in turn: so at its second advance each of them is heard, and
 * until then this one says that it stands at the beginning of time.
 */
final class TopicReader extends UnboundedSource.UnboundedReader<KafkaRecord<byte[], byte[]>> {
  private final TopicSource source;
  private final KafkaInputs inputs;
  private final Map<TopicPartition, ReadMark.Place> places = new ConcurrentHashMap<>();
  private final Map<TopicPartition, ReadPartition> partitions = new ConcurrentHashMap<>();
  private final Queue<ReadPartition.Block> blocks = new ConcurrentLinkedQueue<>();
  private final SlotFeed feed;

  private volatile boolean knowsItsPartitions;
  private ReadPartition.@Nullable Block block;
  private @Nullable Iterator<ConsumerRecord<byte[], byte[]>> records;
  private @Nullable KafkaRecord<byte[], byte[]> current;
  private int advances;
  private long told = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /**
   * @param places where a checkpoint left the slot's partitions; empty to begin
   */
  TopicReader(TopicSource source, KafkaInputs inputs, List<ReadMark.Place> places, SlotFeed feed) {
    this.source = source;
    this.inputs = inputs;
    places.forEach(place -> this.places.put(place.partition(), place));
    this.feed = feed;
  }

  @Override
  public boolean start() throws IOException {
    feed.join(this);
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    feed.failIfBroken();
    advances = Math.min(advances + 1, 2);
    for (ConsumerRecord<byte[], byte[]> next = next(); next != null; next = next()) {
      PartitionProgress progress = Objects.requireNonNull(block).partition().progress();
      if (!isClock(next, progress)) {
        take(next, progress);
        return true;
      }
    }
    return false;
  }

  private @Nullable ConsumerRecord<byte[], byte[]> next() {
    while (records == null || !records.hasNext()) {
      if (block != null) {
        block.partition().taken(block);
      }
      block = blocks.poll();
      if (block == null) {
        records = null;
        return null;
      }
      records = block.records().iterator();
    }
    return records.next();
  }

  /** Whether it is a clock record of a replay, which only moves the partition on and ends here. */
  private boolean isClock(ConsumerRecord<byte[], byte[]> record, PartitionProgress progress) {
    Long clock = inputs.live() ? null : RecordHeaders.clock(record.headers());
    if (clock == null) {
      return false;
    }
    progress.clock(clock); // whatever the record is stamped with
    progress.readTo(record.offset() + 1);
    return true;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, PartitionProgress progress) {
    if (RecordHeaders.has(record.headers(), RecordHeaders.CLOCK)
        || !RecordTimes.canBeMeant(record.timestamp())) {
      progress.readTo(record.offset() + 1); // a dead letter, which tells no time
    } else {
      progress.read(record.offset(), record.timestamp(), feed.latestBrokerClock());
    }
    current =
        new KafkaRecord<>(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            KafkaTimestampType.forOrdinal(record.timestampType().ordinal()),
            record.headers(),
            record.key(),
            record.value());
  }

  @Override
  public KafkaRecord<byte[], byte[]> getCurrent() {
    if (current == null) {
      throw new NoSuchElementException("no record was read");
    }
    return current;
  }

  /** The record's timestamp; where that can't be meant, which is a data error, what was told. */
  @Override
  public Instant getCurrentTimestamp() {
    long timestamp = getCurrent().getTimestamp();
    return Instant.ofEpochMilli(RecordTimes.canBeMeant(timestamp) ? timestamp : told);
  }

  @Override
  public Instant getWatermark() {
    if (advances >= 2 && knowsItsPartitions) {
      long reached = partitions.isEmpty() ? feed.emptySlot() : Long.MAX_VALUE;
      for (ReadPartition partition : partitions.values()) {
        reached = Math.min(reached, partition.progress().millis());
      }
      told = Math.max(told, reached);
    }
    return Instant.ofEpochMilli(told);
  }

  @Override
  public ReadMark getCheckpointMark() {
    List<ReadMark.Place> reached = new ArrayList<>();
    for (ReadPartition partition : partitions.values()) {
      reached.add(
          new ReadMark.Place(
              partition.partition(),
              partition.topicId(),
              partition.progress().position(),
              partition.progress().millis()));
    }
    // Those of a checkpoint that weren't found again yet stand where they stood.
    places.forEach(
        (partition, place) -> {
          if (!partitions.containsKey(partition)) {
            reached.add(place);
          }
        });
    return new ReadMark(reached, feed::commit);
  }

  @Override
  public TopicSource getCurrentSource() {
    return source;
  }

  @Override
  public void close() {
    feed.leave(this);
  }

  ReadMark.@Nullable Place placeOf(TopicPartition partition) {
    return places.get(partition);
  }

  boolean lacks(TopicPartition partition) {
    return source.owns(partition) && !partitions.containsKey(partition);
  }

  /** Reads a partition from now on. */
  void begin(ReadPartition partition) {
    partitions.put(partition.partition(), partition);
  }

  /** All partitions that there were when Kafka was asked have begun. */
  void knowsItsPartitions() {
    knowsItsPartitions = true;
  }

  void offer(ReadPartition.Block fetched) {
    blocks.add(fetched);
  }

  Iterable<ReadPartition> partitions() {
    return partitions.values();
  }
}
