package dev.lockstep.beam.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds of partitions that don't move on, though there is more to read, whether an open transaction
 * holds them: then Kafka hands out nothing from its first record on (the last stable offset).
 *
 * <p>Asked once a second at most, and of those partitions only.
 */
final class OpenTransactions {
  private static final long EVERY_MILLIS = 1_000;
  private static final int PATIENCE_MILLIS = 2_000;

  /** Where a partition was that didn't move since. */
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  private long askedAt = Long.MIN_VALUE;

  /**
   * Asks, and lets the partitions know ({@link ReadPartition#heldBy}).
   *
   * @param nowMillis by any clock that goes on
   */
  void look(Admin admin, Collection<ReadPartition> partitions, long nowMillis)
      throws InterruptedException {
    if (askedAt != Long.MIN_VALUE && nowMillis - askedAt < EVERY_MILLIS) {
      return;
    }
    askedAt = nowMillis;
    Map<TopicPartition, OffsetSpec> stuck = new HashMap<>();
    for (ReadPartition read : partitions) {
      long position = read.progress().position();
      Long before = positions.put(read.partition(), position);
      if (before != null && before == position && read.progress().end() > position) {
        stuck.put(read.partition(), OffsetSpec.latest());
      } else {
        read.heldBy(null);
      }
    }
    if (!stuck.isEmpty()) {
      ListOffsetsResult stable =
          admin.listOffsets(stuck, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
      for (ReadPartition read : partitions) {
        if (stuck.containsKey(read.partition())) {
          read.heldBy(isHeld(read, stable) ? words(admin, read.partition()) : null);
        }
      }
    }
  }

  private static boolean isHeld(ReadPartition read, ListOffsetsResult stable)
      throws InterruptedException {
    try {
      long offset =
          stable
              .partitionResult(read.partition())
              .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .offset();
      return offset <= read.progress().position();
    } catch (ExecutionException | TimeoutException e) {
      return false; // who asks for ends has the reason
    }
  }

  /** Whose transaction it is, and how to end it where that one can't. */
  private static String words(Admin admin, TopicPartition partition) throws InterruptedException {
    ProducerState first = null;
    for (ProducerState producer : producers(admin, partition)) {
      if (begin(producer).isPresent()
          && (first == null || begin(producer).getAsLong() < begin(first).getAsLong())) {
        first = producer;
      }
    }
    if (first == null) {
      return "an open transaction";
    }
    long begin = begin(first).getAsLong();
    return "an open transaction of producer "
        + first.producerId()
        + ", which began at offset "
        + begin
        + " (where nobody will end it: kafka-transactions.sh abort --topic "
        + partition.topic()
        + " --partition "
        + partition.partition()
        + " --start-offset "
        + begin
        + "),";
  }

  private static OptionalLong begin(ProducerState producer) {
    return producer.currentTransactionStartOffset();
  }

  /** Those that write to a partition; none where this user may not know. */
  private static List<ProducerState> producers(Admin admin, TopicPartition partition)
      throws InterruptedException {
    try {
      @Nullable PartitionProducerState state =
          admin
              .describeProducers(List.of(partition))
              .partitionResult(partition)
              .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return state == null ? List.of() : new ArrayList<>(state.activeProducers());
    } catch (ExecutionException | TimeoutException e) {
      return List.of();
    }
  }
}
