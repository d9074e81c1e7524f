package dev.lockstep.beam.stream;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a key of the stream has armed: the milliseconds that wait for the watermark, and its two
 * other timers; whether it still waits for the snapshot that the stream begins with; and what was
 * taken back before it came.
 *
 * <pre>
 * version        one byte, 2
 * flags          one byte: 1 a publication is armed, 2 a cleanup is armed, 4 a snapshot is there
 * milliseconds   count as varint, then zigzag varints, each less the one before
 * taken back     count as varint, then each behind its length, a {@link ViewMessage}
 * </pre>
 */
final class PendingHeader {
  private static final int VERSION = 2;
  private static final int PUBLICATION = 1;
  private static final int CLEANUP = 2;
  private static final int OPENED = 4;

  final TreeSet<Long> milliseconds = new TreeSet<>();

  /** Retractions of rows that are on their way by another step. */
  final List<byte[]> takenBack = new ArrayList<>();

  boolean publicationArmed;
  boolean cleanupArmed;
  boolean opened;

  static PendingHeader of(byte @Nullable [] bytes) {
    PendingHeader header = new PendingHeader();
    if (bytes == null) {
      return header;
    }
    ByteReader in = new ByteReader(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new dev.lockstep.wire.WireException(
          "a key's header of version " + version + ", this reads " + VERSION);
    }
    int flags = in.readByte();
    header.publicationArmed = (flags & PUBLICATION) != 0;
    header.cleanupArmed = (flags & CLEANUP) != 0;
    header.opened = (flags & OPENED) != 0;
    int n = in.readCount(1);
    long before = 0;
    for (int i = 0; i < n; i++) {
      before += in.readSigned();
      header.milliseconds.add(before);
    }
    for (int left = in.readCount(1); left > 0; left--) {
      header.takenBack.add(in.readBlob());
    }
    return header;
  }

  byte[] toBytes() {
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeByte(
        (publicationArmed ? PUBLICATION : 0)
            | (cleanupArmed ? CLEANUP : 0)
            | (opened ? OPENED : 0));
    out.writeVarint(milliseconds.size());
    long before = 0;
    for (long ms : milliseconds) {
      out.writeSigned(ms - before);
      before = ms;
    }
    out.writeVarint(takenBack.size());
    takenBack.forEach(out::writeBlob);
    return out.toByteArray();
  }

  /** Whether it says nothing that an empty one doesn't. */
  boolean isBlank() {
    return milliseconds.isEmpty() && takenBack.isEmpty() && !publicationArmed && !cleanupArmed;
  }
}
