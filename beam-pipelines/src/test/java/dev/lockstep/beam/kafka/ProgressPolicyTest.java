package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** Partitions that a task reads together wait for each other, also when it starts again (C5). */
class ProgressPolicyTest {
  private static final Instant CHECKPOINT = Instant.ofEpochMilli(1_000_000);

  @Test
  void noPartitionRunsAheadOfOneThatWasNotReadSinceTheStart() throws Exception {
    inATask(
        () -> {
          ProgressPolicy read = restored();
          ProgressPolicy unread = restored();
          read(read, 5_000_000);
          assertEquals(CHECKPOINT, watermark(read));
          read(unread, 2_000_000);
          assertEquals(Instant.ofEpochMilli(5_000_000), watermark(read));
          assertEquals(Instant.ofEpochMilli(2_000_000), watermark(unread));
          return null;
        });
  }

  @Test
  void aPartitionOfWhichNothingWasEverReadHoldsTheOthersToo() throws Exception {
    inATask(
        () -> {
          ProgressPolicy read = new ProgressPolicy(Optional.empty(), 0);
          ProgressPolicy empty = new ProgressPolicy(Optional.empty(), 0);
          read(read, 5_000_000);
          assertEquals(watermark(empty), watermark(read));
          return null;
        });
  }

  @Test
  void tasksDoNotWaitForEachOther() throws Exception {
    ProgressPolicy read = inATask(ProgressPolicyTest::restored);
    inATask(ProgressPolicyTest::restored);
    read(read, 5_000_000);
    assertEquals(Instant.ofEpochMilli(5_000_000), watermark(read));
  }

  private static ProgressPolicy restored() {
    return new ProgressPolicy(Optional.of(CHECKPOINT), 0);
  }

  private static void read(ProgressPolicy policy, long timestamp) {
    policy.getTimestampForRecord(
        new NoBacklog(),
        new KafkaRecord<>(
            "swipes",
            0,
            0,
            timestamp,
            KafkaTimestampType.CREATE_TIME,
            new RecordHeaders(),
            new byte[0],
            new byte[0]));
  }

  private static Instant watermark(ProgressPolicy policy) {
    return policy.getWatermark(new NoBacklog());
  }

  private static <T> T inATask(Callable<T> work) throws Exception {
    ExecutorService task = Executors.newSingleThreadExecutor();
    try {
      return task.submit(work).get();
    } finally {
      task.shutdown();
    }
  }

  private static final class NoBacklog extends TimestampPolicy.PartitionContext {
    @Override
    public long getMessageBacklog() {
      return 0;
    }

    @Override
    public Instant getBacklogCheckTime() {
      return Instant.EPOCH;
    }
  }
}
