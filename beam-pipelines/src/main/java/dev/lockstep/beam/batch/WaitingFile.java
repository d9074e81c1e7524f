package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.StateFileWriter;
import dev.lockstep.beam.snapshot.WaitingRow;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A snapshot's file of rows that wait for their label (L6), made with the first of them. */
final class WaitingFile implements Closeable {
  private final SnapshotFolder folder;
  private final long number;
  private final String requests;
  private @Nullable StateFileWriter file;
  private long rows;

  /**
   * @param number of a range, or one that is no range's, see {@link WaitingRows}: no two steps
   *     write to one file
   * @param requests the name of the requests' source
   */
  WaitingFile(SnapshotFolder folder, long number, String requests) {
    this.folder = folder;
    this.number = number;
    this.requests = requests;
  }

  void write(WaitingRow row) throws IOException {
    StateFileWriter open = open();
    row.write(open.next());
    open.write();
  }

  /** Writes a row as its bytes are. */
  void write(byte[] row) throws IOException {
    StateFileWriter open = open();
    open.next().writeBytes(row);
    open.write();
  }

  private StateFileWriter open() throws IOException {
    if (file == null) {
      file = StateFileWriter.open(folder.waiting(number));
    }
    rows++;
    return file;
  }

  /** All rows have come: hands on how many they are. */
  void end(BiConsumer<String, Long> counts) throws IOException {
    if (file != null) {
      file.end();
      counts.accept(Tally.ofWaiting(number), rows);
      counts.accept(Tally.of("immature", requests), rows);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
