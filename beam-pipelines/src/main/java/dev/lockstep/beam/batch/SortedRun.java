package dev.lockstep.beam.batch;

import dev.lockstep.wire.ByteWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rows of a shard in order, on disk: each as it is in a block, behind its length. The file is
 * deleted when it is closed.
 */
final class SortedRun implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path file;
  private final InputStream in;
  private byte[] row = new byte[256];
  private int length;

  private SortedRun(Path file) throws IOException {
    this.file = file;
    this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
  }

  /** Writes rows, and opens them for reading. */
  static SortedRun write(ShardRows rows, Path file) throws IOException {
    ByteWriter length = new ByteWriter(10);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      for (ShardRows.Cursor row = rows.inOrder(); row.next(); ) {
        length.clear();
        length.writeVarint(row.to() - row.from());
        out.write(length.toByteArray());
        out.write(row.bytes(), row.from(), row.to() - row.from());
      }
    }
    return new SortedRun(file);
  }

  /** Goes on to the next row; false behind the last. */
  boolean next() throws IOException {
    long size = 0;
    int shift = 0;
    int read;
    do {
      read = in.read();
      if (read < 0) {
        if (shift == 0) {
          return false;
        }
        throw new EOFException(file + " ends within a row");
      }
      size |= (long) (read & 0x7F) << shift;
      shift += 7;
    } while (read >= 0x80);
    length = Math.toIntExact(size);
    if (row.length < length) {
      row = new byte[Math.max(length, row.length * 2)];
    }
    if (in.readNBytes(row, 0, length) < length) {
      throw new EOFException(file + " ends within a row");
    }
    return true;
  }

  /** The bytes of the row, overwritten by the next. */
  byte[] bytes() {
    return row;
  }

  int length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    in.close();
    Files.deleteIfExists(file);
  }
}
