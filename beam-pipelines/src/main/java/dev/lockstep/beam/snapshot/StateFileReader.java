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

/** Reads what {@link StateFileWriter} wrote, a record at a time. Not thread-safe. */
public final class StateFileReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 17;

  /** A state of a key is far smaller: a length beyond this is damage. */
  private static final long MOST_RECORD_BYTES = 1L << 30;

  private final Path file;
  private final InputStream in;
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
   * @throws SnapshotException if the file is damaged
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
    long checksum = readFixed64();
    byte[] record = in.readNBytes((int) length);
    if (record.length < length) {
      throw damaged("it ends within a record");
    }
    if (StateFileWriter.checksum(record) != checksum) {
      throw damaged("the checksum of record " + count + " is another");
    }
    count++;
    return new ByteReader(record);
  }

  private void requireWhole() throws IOException {
    if (readFixed64() != count) {
      throw damaged("it has " + count + " records, not as many as were written");
    }
  }

  private long readFixed64() throws IOException {
    byte[] bytes = in.readNBytes(Long.BYTES);
    if (bytes.length < Long.BYTES) {
      throw damaged("it ends too early");
    }
    return new ByteReader(bytes).readFixed64();
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
