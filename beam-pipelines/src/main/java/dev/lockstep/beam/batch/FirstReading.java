package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryReader;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * The reading as of event time of a source that is read once more, as known, for the label (C16):
 * tells what that one rejects, so that no row is a dead letter twice. Not thread-safe.
 */
final class FirstReading {
  private final SourcePlan first;
  private final SourcePlan again;
  private final Admission admission;

  private FirstReading(SourcePlan first, SourcePlan again) {
    this.first = first;
    this.again = again;
    this.admission = new Admission(again.ofEventTime());
  }

  /** The reading before that of a source; null where that one is the first. */
  static @Nullable FirstReading of(FeaturePlan plan, SourcePlan source) {
    return plan.isReadAgain(source)
        ? new FirstReading(plan.source(source.name()).orElseThrow(), source)
        : null;
  }

  /**
   * Whether a row that can't be used as known can't be used as of event time either.
   *
   * @param values of the second reading
   */
  boolean rejects(Values values) {
    try {
      admission.admit(values, Admission.NO_RECORD_TIMESTAMP, 0, 0);
      return false;
    } catch (DataException e) {
      return true;
    }
  }

  /**
   * Whether a row that the second reading can't read is one that the first can't read either.
   *
   * @param column of the second reading, or {@link HistoryReader#NO_COLUMN}
   */
  boolean stumblesOver(int column) {
    if (first.needsRecords()) {
      return true; // it makes the same record, of all columns
    }
    if (column == HistoryReader.NO_COLUMN) {
      return !again.needsRecords(); // then it is the place on Kafka, the same for both
    }
    String name = again.columns().get(column).identity();
    return first.columns().stream().anyMatch(c -> c.identity().equals(name));
  }
}
