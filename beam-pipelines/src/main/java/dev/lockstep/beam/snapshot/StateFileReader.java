package dev.lockstep.beam.snapshot;

import dev.lockstep.wire.ByteReader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads what {@link StateFileWriter} wrote, a record at a time. Not thread-safe. */
public final class StateFileReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 17;

  /** A state of a key is far smaller: a length beyond this is damage. */
  private static final long MOST_RECORD_BYTES = 1L << 30;

  private static final int TRAILER_BYTES = 16;

  private final Path file;
  private final InputStream in;
  private final CRC32C checksum = new CRC32C();
  private long count;

  private StateFileReader(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @throws SnapshotException if it isn't there, or isn't such a file
   */
  public static StateFileReader open(Path file) throws IOException {
    try {
      StateFileReader reader =
          new StateFileReader(
              file, new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
      if (!Arrays.equals(
          reader.in.readNBytes(StateFileWriter.MAGIC.length), StateFileWriter.MAGIC)) {
        reader.close();
        throw reader.damaged("it doesn't begin as one of this version");
      }
      return reader;
    } catch (NoSuchFileException e) {
      throw new SnapshotException(
          file + " of the snapshot is missing; run the backfill of its day again", e);
    }
  }

  /**
   * The next record, or null behind the last.
   *
   * @throws SnapshotException if the file is damaged; known at the latest behind the last record
   */
  public @org.jspecify.annotations.Nullable ByteReader next() throws IOException {
    long length = readVarint() - 1;
    if (length < 0) {
      requireWhole();
      return null;
    }
    if (length > MOST_RECORD_BYTES) {
      throw damaged("a record of " + length + " bytes");
    }
    byte[] record = in.readNBytes((int) length);
    if (record.length < length) {
      throw damaged("it ends within a record");
    }
    checksum.update(record);
    count++;
    return new ByteReader(record);
  }

  private void requireWhole() throws IOException {
    byte[] trailer = in.readNBytes(TRAILER_BYTES);
    if (trailer.length < TRAILER_BYTES) {
      throw damaged("it ends before its checksum");
    }
    ByteReader read = new ByteReader(trailer);
    if (read.readFixed64() != count || read.readFixed64() != checksum.getValue()) {
      throw damaged("its checksum is another");
    }
  }

  private long readVarint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int b = in.read();
      if (b < 0) {
        throw damaged("it ends without an end");
      }
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw damaged("a length that is none");
  }

  private SnapshotException damaged(String how) {
    return new SnapshotException(
        file + " of the snapshot is damaged (" + how + "); run the backfill of its day again",
        null);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
