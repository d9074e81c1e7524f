package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryReader;
import dev.lockstep.beam.read.SpineFile;
import dev.lockstep.kernel.DataException;
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
  private final RowNames names;
  private final Progress progress;
  private final boolean oneWay;
  private transient @Nullable BatchLayout layout;

  /**
   * @param oneWay whether all goes to {@link Steps#ROUTED}, see {@link Asides}
   */
  ReadRowGroups(Definition definition, RowNames names, Progress progress, boolean oneWay) {
    this.definition = definition;
    this.names = names;
    this.progress = progress;
    this.oneWay = oneWay;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
  }

  @ProcessElement
  public void process(@Element byte[] bytes, MultiOutputReceiver receiver) {
    BatchLayout made = layout;
    if (made == null) {
      throw new IllegalStateException("not set up");
    }
    RowGroup group = RowGroup.fromBytes(bytes);
    Outlet out = oneWay ? Outlet.oneWay(receiver, definition.shards()) : Outlet.of(receiver);
    if (group.spine()) {
      ask(made, group, out);
    } else {
      read(made, group, out);
    }
    progress.read(group);
  }

  private void ask(BatchLayout made, RowGroup group, Outlet out) {
    try (SpineFile file = new SpineFile(made.plan(), group.path())) {
      Intake intake = new Intake(definition, made, group.source(), names, file.spine());
      file.read(
          group.group(),
          intake.door(),
          rowInGroup ->
              intake.ask(
                  group.firstRange() + rowInGroup / RowGroup.RANGE_ROWS,
                  (int) (rowInGroup % RowGroup.RANGE_ROWS),
                  group.path(),
                  group.firstRow() + rowInGroup,
                  out));
      intake.flush(out);
    }
  }

  private void read(BatchLayout made, RowGroup group, Outlet out) {
    Intake intake = new Intake(definition, made, group.source(), names);
    try (HistoryReader reader = new HistoryReader(intake.door(), group.path())) {
      if (reader.hasPositions()) {
        intake.archived();
      }
      intake.inFile(group.file());
      reader.read(
          group.group(),
          new HistoryReader.Sink() {
            @Override
            public void row(long recordTimestampMicros, long position, long rowInGroup) {
              intake.accept(
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
      intake.flush(out);
    }
  }
}
