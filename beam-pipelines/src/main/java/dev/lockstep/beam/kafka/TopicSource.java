package dev.lockstep.beam.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaRecordCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a stream on Kafka, whose progress is told by C5: in place of KafkaIO, which can't
 * read partitions that are added later, moves a quiet partition to the wall clock or never, takes
 * addresses from a checkpoint, and doesn't notice a topic that was made anew.
 *
 * <p>It is read in slots: a slot owns the partitions for which (hash of the topic + partition)
 * modulo the number of slots is its own, also those that come to be. The runner serialises this
 * class into its checkpoints and makes readers of what it finds there, so it holds two numbers and
 * nothing else, under a name and a serial version that never change; all the rest comes from {@link
 * KafkaInputOptions}.
 */
public final class TopicSource extends UnboundedSource<KafkaRecord<byte[], byte[]>, ReadMark> {
  private static final long serialVersionUID = 1L;

  /** More than most jobs have subtasks, so that a job can come again with more of them. */
  private static final int LEAST_SLOTS = 8;

  private final int slot;
  private final int slots;

  private TopicSource(int slot, int slots) {
    this.slot = slot;
    this.slots = slots;
  }

  /** All inputs of the job's options. */
  public static TopicSource ofOptions() {
    return new TopicSource(0, 1);
  }

  @Override
  public List<? extends UnboundedSource<KafkaRecord<byte[], byte[]>, ReadMark>> split(
      int desired, PipelineOptions options) {
    int count = Math.max(LEAST_SLOTS, desired);
    List<TopicSource> split = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      split.add(new TopicSource(i, count));
    }
    return split;
  }

  @Override
  public UnboundedReader<KafkaRecord<byte[], byte[]>> createReader(
      PipelineOptions options, @Nullable ReadMark mark) {
    KafkaInputs inputs = KafkaInputs.fromJson(options.as(KafkaInputOptions.class).getKafkaInputs());
    return new TopicReader(
        this, inputs, mark == null ? List.of() : mark.places(), TopicFeed.of(inputs, this));
  }

  /** Whether a partition is this slot's. */
  boolean owns(TopicPartition partition) {
    return Math.floorMod(partition.topic().hashCode() + partition.partition(), slots) == slot;
  }

  @Override
  public Coder<ReadMark> getCheckpointMarkCoder() {
    return new ReadMark.MarkCoder();
  }

  @Override
  public Coder<KafkaRecord<byte[], byte[]>> getOutputCoder() {
    Coder<byte[]> bytes = NullableCoder.of(ByteArrayCoder.of());
    return KafkaRecordCoder.of(bytes, bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicSource that && that.slot == slot && that.slots == slots;
  }

  @Override
  public int hashCode() {
    return 31 * slots + slot;
  }

  @Override
  public String toString() {
    return "Kafka, slot " + slot + " of " + slots;
  }
}
