package dev.lockstep.beam.snapshot;

import dev.lockstep.wire.ByteWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of a snapshot on its way to disk: records in the order they are written. Not thread-safe.
 *
 * <pre>
 * magic             8 bytes: LKSTATE and the version, 1
 * records           each behind its length plus one (varint) and its CRC-32C (8 bytes, least first)
 * end               a 0
 * count             8 bytes, least first: records
 * </pre>
 */
public final class StateFileWriter implements Closeable {
  static final byte[] MAGIC = {'L', 'K', 'S', 'T', 'A', 'T', 'E', 1};
  private static final int BUFFER_BYTES = 1 << 17;

  private final OutputStream out;
  private final ByteWriter record = new ByteWriter(1 << 10);
  private final ByteWriter frame = new ByteWriter(32);
  private long count;

  private StateFileWriter(OutputStream out) {
    this.out = out;
  }

  /** Opens a file; one already there, of an attempt that failed, is overwritten. */
  public static StateFileWriter open(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    out.write(MAGIC);
    return new StateFileWriter(out);
  }

  /** An empty record, to be filled and handed to {@link #write}. */
  public ByteWriter next() {
    record.clear();
    return record;
  }

  /** Writes the record that {@link #next} gave. */
  public void write() throws IOException {
    byte[] bytes = record.toByteArray();
    frame.clear();
    frame.writeVarint(bytes.length + 1L);
    frame.writeFixed64(checksum(bytes));
    out.write(frame.toByteArray());
    out.write(bytes);
    count++;
  }

  /** All records are there: only now can the file be read. */
  public void end() throws IOException {
    frame.clear();
    frame.writeVarint(0);
    frame.writeFixed64(count);
    out.write(frame.toByteArray());
  }

  static long checksum(byte[] record) {
    CRC32C checksum = new CRC32C();
    checksum.update(record);
    return checksum.getValue();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
