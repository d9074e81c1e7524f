package dev.lockstep.beam.stream;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;

/**
 * A row that its keys were given already, on its way to where the copies of its id meet, as bytes.
 *
 * <pre>
 * mark          varint {@link #MARK}, where a row has its source
 * row           {@link dev.lockstep.kernel.SourceRowCodec}
 * </pre>
 */
final class PassedRow {
  /** No plan has so many sources; {@link SeenMessage} has the number above. */
  private static final int MARK = Integer.MAX_VALUE - 1;

  private PassedRow() {}

  static byte[] of(byte[] row) {
    ByteWriter out = new ByteWriter(row.length + 5);
    out.writeVarint(MARK);
    out.writeBytes(row);
    return out.toByteArray();
  }

  /** Whether an element is one of these, and a row's own bytes otherwise. */
  static boolean is(byte[] element) {
    return new ByteReader(element).readVarint() == MARK;
  }

  /** The bytes of the row alone. */
  static byte[] rowIn(byte[] element) {
    ByteReader in = new ByteReader(element);
    in.readVarint();
    return in.readBytes(in.remaining());
  }
}
