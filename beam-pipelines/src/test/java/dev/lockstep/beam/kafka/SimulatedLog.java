package dev.lockstep.beam.kafka;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A partition of a model of Kafka: what will be appended to it, and how much of that is there. */
public final class SimulatedLog {
  /**
   * A record that a producer appends; its offset is its place in the list.
   *
   * @param value its bytes; null for a record without a value
   * @param clock what its clock header says, in milliseconds; null for a record without one
   */
  public record Planned(byte @Nullable [] value, long timestampMillis, @Nullable Long clock) {}

  private final TopicPartition partition;
  private final List<Planned> planned;
  private final long visibleWithinMillis;
  private final long[] earliest;
  private int appended;

  /** Where the present phase ends. */
  private int phaseEnd;

  boolean exists;

  public SimulatedLog(
      TopicPartition partition, List<Planned> planned, long visibleWithinMillis, boolean exists) {
    this.partition = partition;
    this.planned = planned;
    this.earliest = earliest(planned);
    this.visibleWithinMillis = visibleWithinMillis;
    this.exists = exists;
  }

  public TopicPartition partition() {
    return partition;
  }

  public boolean exists() {
    return exists;
  }

  /** Lets records be appended up to an offset. */
  public void openTo(int offset) {
    phaseEnd = offset;
  }

  public boolean isDone() {
    return appended >= phaseEnd;
  }

  /** When the next record is stamped, in milliseconds. */
  long nextTimestamp() {
    return planned.get(appended).timestampMillis;
  }

  /**
   * The broker's clock can't be beyond it before the next record is there, a promise of C5: each
   * record that is still to come, also one stamped before the next, is there in time.
   */
  long latestMillis() {
    return appended == planned.size() ? Long.MAX_VALUE : earliest[appended] + visibleWithinMillis;
  }

  /** The earliest time that this record and those behind it are stamped with, where they are. */
  private static long[] earliest(List<Planned> planned) {
    long[] earliest = new long[planned.size()];
    long least = Long.MAX_VALUE / 2;
    for (int i = planned.size() - 1; i >= 0; i--) {
      long stamp = planned.get(i).timestampMillis;
      least = stamp > 0 ? Math.min(least, stamp) : least;
      earliest[i] = least;
    }
    return earliest;
  }

  void append() {
    appended++;
  }

  long end() {
    return appended;
  }

  ConsumerRecord<byte[], byte[]> record(long offset) {
    Planned record = planned.get((int) offset);
    byte[] value = record.value;
    RecordHeaders headers = new RecordHeaders();
    if (record.clock != null) {
      headers.add(
          dev.lockstep.beam.kafka.RecordHeaders.CLOCK,
          dev.lockstep.beam.kafka.RecordHeaders.number(record.clock));
    }
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        record.timestampMillis,
        TimestampType.CREATE_TIME,
        0,
        value == null ? -1 : value.length,
        new byte[0],
        value,
        headers,
        Optional.empty());
  }
}
