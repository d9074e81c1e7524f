package dev.lockstep.beam.stream;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a key of the stream has armed: the milliseconds that wait for the watermark, and its two
 * other timers; whether it still waits for the snapshot that the stream begins with; what of its
 * state the online store isn't known to have ({@link Publication}); and what was taken back before
 * it came.
 *
 * <pre>
 * version        one byte, 3; 2 had neither the last three flags nor an epoch
 * flags          one byte: 1 a publication is armed, 2 a cleanup is armed, 4 a snapshot is there,
 *                8 changed since it was handed over, 16 handed over, 32 an epoch follows
 * epoch          8 bytes, if there is one
 * milliseconds   count as varint, then zigzag varints, each less the one before
 * taken back     count as varint, then each behind its length, a {@link ViewMessage}
 * </pre>
 */
final class PendingHeader {
  private static final int VERSION = 3;
  private static final int WITHOUT_EPOCH = 2;
  private static final int PUBLICATION = 1;
  private static final int CLEANUP = 2;
  private static final int OPENED = 4;
  private static final int CHANGED = 8;
  private static final int HANDED_OVER = 16;
  private static final int WRITTEN = 32;

  final TreeSet<Long> milliseconds = new TreeSet<>();

  /** Retractions of rows that are on their way by another step. */
  final List<byte[]> takenBack = new ArrayList<>();

  /** The timer of publication fires soon, not only when the key is looked at anyway. */
  boolean publicationArmed;

  /** The state was changed since it was handed to the publisher. */
  boolean changed;

  /** The state was handed to the publisher, who hasn't said yet that it is written. */
  boolean handedOver;

  /** The store's epoch under which the state was last written; 0 for never. */
  long epoch;

  boolean cleanupArmed;
  boolean opened;

  static PendingHeader of(byte @Nullable [] bytes) {
    PendingHeader header = new PendingHeader();
    if (bytes == null) {
      return header;
    }
    ByteReader in = new ByteReader(bytes);
    int version = in.readByte();
    if (version != VERSION && version != WITHOUT_EPOCH) {
      throw new dev.lockstep.wire.WireException(
          "a key's header of version " + version + ", this reads " + VERSION);
    }
    int flags = in.readByte();
    header.publicationArmed = (flags & PUBLICATION) != 0;
    header.cleanupArmed = (flags & CLEANUP) != 0;
    header.opened = (flags & OPENED) != 0;
    header.changed =
        (flags & CHANGED) != 0 || (version == WITHOUT_EPOCH && header.publicationArmed);
    header.handedOver = (flags & HANDED_OVER) != 0;
    header.epoch = (flags & WRITTEN) != 0 ? in.readFixed64() : 0;
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
            | (opened ? OPENED : 0)
            | (changed ? CHANGED : 0)
            | (handedOver ? HANDED_OVER : 0)
            | (epoch != 0 ? WRITTEN : 0));
    if (epoch != 0) {
      out.writeFixed64(epoch);
    }
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

  /** Whether no state of the key was to be published, or all that was is dropped. */
  boolean isNothingPublished() {
    return !changed && !handedOver && epoch == 0;
  }

  /** Forgets what the store has, since the key has nothing any more. */
  void forgetPublication() {
    changed = false;
    handedOver = false;
    epoch = 0;
  }

  /** Whether it says nothing that an empty one doesn't. */
  boolean isBlank() {
    return milliseconds.isEmpty()
        && takenBack.isEmpty()
        && !publicationArmed
        && !cleanupArmed
        && isNothingPublished();
  }
}
