package dev.lockstep.beam.stream;

import dev.lockstep.beam.read.Rejected;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;

/**
 * The records of one source in anyone's unbounded collection, as rows: the element's timestamp is
 * the record timestamp (C1). What is late or can't be used is rejected with its reason.
 */
public final class AdmitFn<T> extends DoFn<T, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  /** The rows, for {@link StreamFeatures}. */
  public static final TupleTag<KV<Integer, byte[]>> ROWS = new TupleTag<>("rows") {};

  /** The late and unusable events. */
  public static final TupleTag<Rejected> REJECTED = new TupleTag<>("rejected") {};

  private final FeatureSet<?> set;
  private final int sourceIndex;
  private transient SourcePlan source;
  private transient RowIntake intake;
  private transient SourceRowCodec rows;

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  public AdmitFn(FeatureSet<?> set, int sourceIndex) {
    this.set = set;
    this.sourceIndex = sourceIndex;
  }

  @Setup
  public void setup() {
    FeaturePlan plan = FeaturePlan.of(set);
    source = plan.sources().get(sourceIndex);
    intake = RowIntake.of(plan, source);
    rows = new SourceRowCodec(plan);
  }

  @ProcessElement
  public void process(@Element T event, @Timestamp Instant timestamp, MultiOutputReceiver out) {
    try {
      // A bounded source that gives no timestamps is history without record timestamps (C1).
      boolean unstamped = source.table() || timestamp.equals(BoundedWindow.TIMESTAMP_MIN_VALUE);
      long recordTimestamp =
          unstamped ? Admission.NO_RECORD_TIMESTAMP : timestamp.getMillis() * Micros.PER_MILLI;
      SourceRow row = intake.admit(event, recordTimestamp, 0, 0);
      intake.requireKey(row);
      String late = intake.lateness(row);
      if (late != null) {
        reject(Rejected.Kind.LATE, late, timestamp, out);
      } else {
        out.get(ROWS).output(KV.of(StreamFeatures.bucketOf(row), rows.toBytes(row)));
      }
    } catch (DataException e) {
      reject(Rejected.Kind.DEAD_LETTER, String.valueOf(e.getMessage()), timestamp, out);
    }
  }

  private void reject(
      Rejected.Kind kind, String reason, Instant timestamp, MultiOutputReceiver out) {
    out.get(REJECTED).output(new Rejected(kind, source.name(), reason, "element of " + timestamp));
  }
}
