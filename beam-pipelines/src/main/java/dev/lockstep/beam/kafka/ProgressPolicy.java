package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.joda.time.Instant;

/**
 * How far a partition has been read, in time of availability (C5): the greatest record timestamp
 * less the declared disorder, or the greatest clock record, whichever is later.
 *
 * <p>The stock policies move an idle partition to the wall clock, which is wrong for a replay of
 * the past; here an idle partition stands still until a clock record moves it. One of which nothing
 * was read stands just behind the beginning of time, before which no record lies: so it doesn't
 * hold back the opening of a stream that begins with a snapshot.
 *
 * <p>A task of Flink that reads several partitions doesn't wait for those of which no record came
 * since it started; after a restart the others would run ahead of their unread records. So none
 * here tells more than those have reached. A task makes all its readers in its own thread before it
 * reads: that tells which partitions it reads together.
 */
final class ProgressPolicy extends TimestampPolicy<byte[], byte[]> {
  /** Behind where such a stream opens. */
  static final long BEGINNING_MILLIS = Opening.BEHIND.getMillis();

  private static final ThreadLocal<List<ProgressPolicy>> OF_TASK =
      ThreadLocal.withInitial(ArrayList::new);

  private final long disorderMillis;
  private final List<ProgressPolicy> readTogether = OF_TASK.get();
  private long progressMillis;
  private boolean isHeardOf;

  ProgressPolicy(Optional<Instant> previous, long disorderMillis) {
    this.disorderMillis = disorderMillis;
    this.progressMillis =
        Math.max(BEGINNING_MILLIS, previous.map(Instant::getMillis).orElse(BEGINNING_MILLIS));
    readTogether.add(this);
  }

  @Override
  public Instant getTimestampForRecord(
      PartitionContext context, KafkaRecord<byte[], byte[]> record) {
    Long clock = RecordHeaders.number(record.getHeaders(), RecordHeaders.CLOCK);
    long reached =
        clock != null
            ? Math.min(clock, RecordHeaders.LAST_CLOCK_MILLIS)
            : record.getTimestamp() - disorderMillis;
    progressMillis = Math.max(progressMillis, reached);
    isHeardOf = true;
    return Instant.ofEpochMilli(record.getTimestamp());
  }

  @Override
  public Instant getWatermark(PartitionContext context) {
    long reached = progressMillis;
    for (ProgressPolicy other : readTogether) {
      if (!other.isHeardOf) {
        reached = Math.min(reached, other.progressMillis);
      }
    }
    return Instant.ofEpochMilli(reached);
  }
}
