package dev.lockstep.beam.kafka;

import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * How far a partition has been read, in time of availability (C5): the greatest record timestamp
 * less the declared disorder, or the greatest clock record, whichever is later.
 *
 * <p>The stock policies move an idle partition to the wall clock, which is wrong for a replay of
 * the past; here an idle partition stands still until a clock record moves it.
 */
final class ProgressPolicy extends TimestampPolicy<byte[], byte[]> {
  private final long disorderMillis;
  private long progressMillis;

  ProgressPolicy(Optional<Instant> previous, long disorderMillis) {
    this.disorderMillis = disorderMillis;
    this.progressMillis = previous.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE).getMillis();
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
    return Instant.ofEpochMilli(record.getTimestamp());
  }

  @Override
  public Instant getWatermark(PartitionContext context) {
    return Instant.ofEpochMilli(progressMillis);
  }
}
