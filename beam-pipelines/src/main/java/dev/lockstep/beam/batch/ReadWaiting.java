package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.StateFileReader;
import dev.lockstep.beam.snapshot.WaitingRow;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rows that wait in the snapshot before ask for their label (L6). Those that are too young
 * still go into the next snapshot as they are; the others go to their label's key, and with their
 * features to the range where the answer comes back.
 *
 * <pre>
 * a row that waited   row (varint), answering asks (varint), {@link WaitingRow} as a blob
 * </pre>
 */
final class ReadWaiting extends DoFn<byte[], KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private transient @Nullable BatchLayout layout;

  ReadWaiting(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
  }

  /**
   * @param element a file, see {@link WaitingRows}
   */
  @ProcessElement
  public void process(@Element byte[] element, MultiOutputReceiver receiver) throws IOException {
    WaitingRows file = WaitingRows.fromBytes(element);
    BatchLayout made = Objects.requireNonNull(layout, "not set up");
    LabelPlan label = made.plan().label().orElseThrow();
    StateFolders states = Objects.requireNonNull(definition.states());
    SnapshotFolder before = Objects.requireNonNull(states.before());
    String requests = made.plan().requestSource().name();
    Path path = before.waiting(file.file());
    Outlet out = Outlet.of(receiver);
    Asking asking = new Asking(made, definition.shards(), out);
    long place = file.firstPlace();
    try (StateFileReader reader = StateFileReader.open(path);
        WaitingFile still = new WaitingFile(states.after(), file.still(), requests)) {
      for (ByteReader record = reader.next(); record != null; record = reader.next()) {
        byte[] row = record.readBytes(record.remaining());
        if (label.isMature(WaitingRow.eventTimeOf(row), definition.horizonMicros())) {
          asking.ask(row, place / RowGroup.RANGE_ROWS, (int) (place % RowGroup.RANGE_ROWS));
        } else {
          still.write(row);
        }
        place++;
      }
      still.end(out::count);
    }
    long rows = place - file.firstPlace();
    if (rows != file.rows()) {
      throw new SnapshotException(
          path
              + " has "
              + rows
              + " waiting rows where the snapshot says "
              + file.rows()
              + "; run the backfill of its day again",
          null);
    }
    asking.flush();
    out.count(Tally.REQUESTS, rows);
  }

  /** Sends rows on their two ways. */
  private static final class Asking {
    private final BatchLayout layout;
    private final KeySpace space;
    private final int shards;
    private final Outlet out;
    private final RoutedRow routedRow;
    private final ByteWriter scratch = new ByteWriter();
    private final BlockBuffers routed = new BlockBuffers();
    private final BlockBuffers waiting = new BlockBuffers(RangeAssembler.WAITING);

    Asking(BatchLayout layout, int shards, Outlet out) {
      this.layout = layout;
      this.space = layout.spaceOf(layout.plan().label().orElseThrow().index());
      this.shards = shards;
      this.out = out;
      this.routedRow = new RoutedRow(layout.layouts());
      routedRow.layout = layout.layout(space, layout.plan().requestSource().index());
      routedRow.hasKey = true;
      routedRow.asks = true;
      routedRow.requestMask = 1;
    }

    void ask(byte[] bytes, long range, int rowInRange) {
      WaitingRow row = WaitingRow.read(layout.plan().waitingTypes(), new ByteReader(bytes));
      String key = row.labelKey();
      if (key != null) {
        route(row, key, range, rowInRange);
      }
      BlockBuffers.Block block = waiting.block(range);
      block.bytes.writeVarint(rowInRange);
      block.bytes.writeVarint(key == null ? 0 : 1L << space.firstAsk(0, 1));
      block.bytes.writeBlob(bytes);
      waiting.wrote(range, block, out::requests);
    }

    private void route(WaitingRow row, String key, long range, int rowInRange) {
      routedRow.key = key;
      routedRow.eventTimeMicros = row.eventTimeMicros();
      routedRow.availableAtMicros = row.availableAtMicros();
      routedRow.range = range;
      routedRow.row = rowInRange;
      int shard = Shards.of(space, key, shards);
      BlockBuffers.Block block = routed.block(shard);
      routedRow.write(scratch, block.bytes);
      routed.wrote(shard, block, out::routed);
    }

    void flush() {
      routed.flush(out::routed);
      waiting.flush(out::requests);
    }
  }
}
