package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryReader;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.Values;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Reads row groups into blocks. All blocks are handed on at the end of each row group, so that they
 * are a function of it alone.
 */
final class ReadRowGroups extends DoFn<byte[], KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private transient @Nullable FeaturePlan plan;

  ReadRowGroups(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    plan = definition.plan();
  }

  @ProcessElement
  public void process(@Element byte[] bytes, MultiOutputReceiver receiver) {
    FeaturePlan made = plan;
    if (made == null) {
      throw new IllegalStateException("not set up");
    }
    RowGroup group = RowGroup.fromBytes(bytes);
    Outlet out = Outlet.of(receiver);
    Intake intake = new Intake(definition, made, group.source());
    try (HistoryReader reader =
        new HistoryReader(made.sources().get(group.source()), group.path())) {
      reader.read(
          group.group(),
          new HistoryReader.Sink() {
            @Override
            public void row(
                Values values, long recordTimestampMicros, long position, long rowInGroup) {
              intake.accept(
                  values,
                  recordTimestampMicros,
                  position,
                  group.firstRange() + rowInGroup / RowGroup.RANGE_ROWS,
                  (int) (rowInGroup % RowGroup.RANGE_ROWS),
                  group.path(),
                  group.firstRow() + rowInGroup,
                  out);
            }

            @Override
            public void unreadable(DataException reason, long rowInGroup) {
              intake.unreadable(reason, group.path(), group.firstRow() + rowInGroup, out);
            }
          });
      intake.droppedDoubles(reader.droppedDoubles());
    }
    intake.flush(out);
  }
}
