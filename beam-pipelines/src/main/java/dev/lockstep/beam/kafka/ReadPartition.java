package dev.lockstep.beam.kafka;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A partition that a slot reads: what was fetched of it and waits, and how far it has been read.
 */
final class ReadPartition {
  /** Beyond so many bytes that wait, a partition isn't fetched until the job has taken some. */
  private static final long MOST_WAITING_BYTES = 8L << 20;

  /** What a record takes beside its key and value, roughly. */
  private static final int RECORD_BYTES = 200;

  /**
   * Records that were fetched together.
   *
   * @param end all below it is in this block or before it
   */
  record Block(
      ReadPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long end, long bytes) {

    static Block of(
        ReadPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long end) {
      long bytes = 0;
      for (ConsumerRecord<byte[], byte[]> record : records) {
        bytes +=
            RECORD_BYTES
                + Math.max(0, record.serializedKeySize())
                + Math.max(0, record.serializedValueSize());
      }
      return new Block(partition, records, end, bytes);
    }
  }

  private final TopicReader reader;
  private final TopicPartition partition;
  private final Uuid topicId;
  private final PartitionProgress progress;
  private final AtomicLong waitingBytes = new AtomicLong();

  /** What holds it, in words; null for nothing that is known. */
  private volatile @Nullable String heldBy;

  /** All below it was fetched; the fetching thread's own. */
  private long fetchedTo;

  ReadPartition(
      TopicReader reader, TopicPartition partition, Uuid topicId, PartitionProgress progress) {
    this.reader = reader;
    this.partition = partition;
    this.topicId = topicId;
    this.progress = progress;
    this.fetchedTo = progress.position();
  }

  TopicPartition partition() {
    return partition;
  }

  Uuid topicId() {
    return topicId;
  }

  PartitionProgress progress() {
    return progress;
  }

  TopicReader reader() {
    return reader;
  }

  /** Hands what was fetched to the slot; nothing but a transaction's markers counts, too. */
  void fetched(List<ConsumerRecord<byte[], byte[]>> records, long position) {
    if (records.isEmpty() && position <= fetchedTo) {
      return;
    }
    fetchedTo = position;
    Block block = Block.of(this, records, position);
    waitingBytes.addAndGet(block.bytes());
    reader.offer(block);
  }

  /** A block of it was handed on, whole. */
  void taken(Block block) {
    waitingBytes.addAndGet(-block.bytes());
    progress.readTo(block.end());
  }

  /** Takes note of what holds it beside the job, in words; null for nothing. */
  void heldBy(@Nullable String what) {
    heldBy = what;
  }

  /**
   * What it waits for while its position doesn't move, in words; null for nothing that is known.
   */
  @Nullable String heldBy() {
    return waitingBytes.get() > 0 ? "a step of the job that has no room for more" : heldBy;
  }

  boolean isFull() {
    return waitingBytes.get() > MOST_WAITING_BYTES;
  }
}
