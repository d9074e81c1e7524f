package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryReader;
import dev.lockstep.beam.read.SpineFile;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SpineAdmission;
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
    Intake intake = new Intake(definition, made, group.source(), names);
    if (group.spine()) {
      ask(made, group, intake, out);
    } else {
      read(made, group, intake, out);
    }
    intake.flush(out);
    progress.read(group);
  }

  private static void ask(BatchLayout made, RowGroup group, Intake intake, Outlet out) {
    try (SpineFile file = new SpineFile(made.plan(), group.path())) {
      SpineAdmission admission = new SpineAdmission(file.spine());
      file.read(
          group.group(),
          new SpineFile.Sink() {
            @Override
            public void row(Values values, long rowInGroup) {
              intake.ask(
                  admission,
                  values,
                  group.firstRange() + rowInGroup / RowGroup.RANGE_ROWS,
                  (int) (rowInGroup % RowGroup.RANGE_ROWS),
                  group.path(),
                  group.firstRow() + rowInGroup,
                  out);
            }

            @Override
            public void unreadable(DataException reason, long rowInGroup) {
              intake.unreadable(
                  reason,
                  HistoryReader.NO_COLUMN,
                  HistoryReader.NO_POSITION,
                  group.path(),
                  group.firstRow() + rowInGroup,
                  out);
            }
          });
    }
  }

  private static void read(BatchLayout made, RowGroup group, Intake intake, Outlet out) {
    try (HistoryReader reader =
        new HistoryReader(made.plan().sources().get(group.source()), group.path())) {
      if (reader.hasPositions()) {
        intake.archived();
      }
      intake.inFile(group.file());
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
            public void unreadable(
                DataException reason, int column, long position, long rowInGroup) {
              intake.unreadable(
                  reason, column, position, group.path(), group.firstRow() + rowInGroup, out);
            }
          });
      intake.droppedDoubles(reader.droppedDoubles());
    }
  }
}
