package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.SeenId;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.HexFormat;
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

  /** Hands over each id, with the key that it has among those seen. */
  static void read(byte[] message, BiConsumer<String, SeenId> sink) {
    ByteReader in = new ByteReader(message);
    in.readVarint();
    int source = (int) in.readVarint();
    while (in.remaining() > 0) {
      SeenId id = SeenId.read(new ByteReader(in.readBytes(ID_BYTES)));
      sink.accept(key(source, id.id()), id);
    }
  }

  /** What an id of a source is called among those seen. */
  static String key(int source, SeenId.Digest id) {
    HexFormat hex = HexFormat.of();
    return source + ":" + hex.toHexDigits(id.high()) + hex.toHexDigits(id.low());
  }
}
