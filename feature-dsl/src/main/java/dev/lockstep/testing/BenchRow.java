package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import org.jspecify.annotations.Nullable;

/**
 * A record that was sent to a {@link TestBench}.
 *
 * @param event the record, with the timestamp and the place that a topic would give it
 * @param row what the door made of it; null where it is a data error
 * @param refusal why it is late or a data error; null where it is neither
 * @param defined what the oracle made of it; null where it is a data error
 */
record BenchRow(
    RecordedEvent event,
    @Nullable SourceRow row,
    @Nullable String refusal,
    @Nullable SourceRow defined) {

  BenchRow defined(@Nullable SourceRow byOracle) {
    return new BenchRow(event, row, refusal, byOracle);
  }

  boolean isUsable() {
    return refusal == null;
  }
}
