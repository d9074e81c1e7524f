package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.SeenId;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.function.BiConsumer;

/**
 * Ids of a snapshot on their way to their bucket, as bytes (not stored beyond the job).
 *
 * <pre>
 * mark          varint {@link #MARK}, where a row has its source
 * source        varint
 * ids           each {@link SeenId}
 * </pre>
 */
final class SeenMessage {
  /** No plan has so many sources. */
  private static final int MARK = Integer.MAX_VALUE;

  private static final int ID_BYTES = 44;

  private SeenMessage() {}

  /** An empty message of a source, to write ids to. */
  static ByteWriter begin(int source) {
    ByteWriter out = new ByteWriter(4 * ID_BYTES);
    out.writeVarint(MARK);
    out.writeVarint(source);
    return out;
  }

  /** Whether an element is one of these, and no row. */
  static boolean is(byte[] element) {
    return new ByteReader(element).readVarint() == MARK;
  }

  /** The index of the source of a message's ids. */
  static int sourceOf(byte[] message) {
    ByteReader in = new ByteReader(message);
    in.readVarint();
    return (int) in.readVarint();
  }

  /** Hands over each id, with the key that it has among those seen. */
  static void read(byte[] message, BiConsumer<String, SeenId> sink) {
    int source = sourceOf(message);
    ByteReader in = new ByteReader(message);
    in.readVarint();
    in.readVarint();
    while (in.remaining() > 0) {
      SeenId id = SeenId.read(new ByteReader(in.readBytes(ID_BYTES)));
      sink.accept(key(source, id.id()), id);
    }
  }

  /**
   * What an id of a source is called where ids are held: a character of the source's index and 16
   * of the digest's bytes, which take a byte each on the heap.
   */
  static String key(int source, SeenId.Digest id) {
    StringBuilder key = new StringBuilder(17).append((char) source);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      key.append((char) ((id.high() >>> shift) & 0xff));
    }
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      key.append((char) ((id.low() >>> shift) & 0xff));
    }
    return key.toString();
  }

  /** The index of the source in such a key. */
  static int sourceOf(String key) {
    return key.charAt(0);
  }
}
