package dev.lockstep.beam.snapshot;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a snapshot's carried rows as rows of a plan that may have read less of them. */
public final class CarriedRows {
  private final FeaturePlan plan;
  private final SourceRowCodec codec;

  /** By source of the snapshot's plan: the source here; null where the plan doesn't read it. */
  private final List<@Nullable SourcePlan> sources = new ArrayList<>();

  /** By source of the snapshot's plan: where each column here is there. */
  private final List<int[]> places = new ArrayList<>();

  /**
   * @throws SnapshotException if the rows lack a column that the plan reads
   */
  public CarriedRows(CarriedColumns columns, FeaturePlan plan) {
    this.plan = plan;
    this.codec = new SourceRowCodec(columns.types());
    List<String> names = columns.sources().stream().map(CarriedColumns.Source::name).toList();
    for (int s = 0; s < names.size(); s++) {
      CarriedColumns.Source there = columns.sources().get(s);
      // Of a source that is there twice the second reading is the label's.
      SourcePlan here =
          names.indexOf(there.name()) == s ? plan.source(there.name()).orElse(null) : null;
      sources.add(here);
      places.add(here == null ? new int[0] : places(there, here));
    }
  }

  private int[] places(CarriedColumns.Source there, SourcePlan here) {
    List<String> names = there.columns().stream().map(CarriedColumns.Column::name).toList();
    int[] found = here.columns().stream().mapToInt(c -> names.indexOf(c.identity())).toArray();
    for (int c = 0; c < found.length; c++) {
      if (found[c] < 0) {
        throw new SnapshotException(
            "the snapshot's carried rows of "
                + there.name()
                + " lack the column "
                + here.columns().get(c).name()
                + ", which "
                + plan.name()
                + " reads; backfill the day again",
            null);
      }
    }
    return found;
  }

  /**
   * The row of a record; null if it is of a source that the plan doesn't read.
   *
   * @throws dev.lockstep.wire.WireException if it is no carried row
   */
  public @Nullable SourceRow read(ByteReader record) {
    SourceRow row = CarriedRow.read(codec, record).row();
    SourcePlan source = sources.get(row.source());
    if (source == null) {
      return null;
    }
    Values values = source.newRow();
    int[] from = places.get(row.source());
    for (int c = 0; c < from.length; c++) {
      values.copy(c, row.values(), from[c]);
    }
    return new SourceRow(
        source.index(),
        row.eventTimeMicros(),
        row.availableAtMicros(),
        row.sequence(),
        row.id(),
        values,
        row.ingestedAtMicros());
  }
}
