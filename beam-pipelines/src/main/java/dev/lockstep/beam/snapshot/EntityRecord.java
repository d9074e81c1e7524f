package dev.lockstep.beam.snapshot;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the branches of one key hold.
 *
 * <pre>
 * space             varint
 * key               string
 * branches n        varint; each: whether it holds anything (one byte), and its state as a blob
 * </pre>
 *
 * @param states by the branches' place in the space; null where one holds nothing
 */
public record EntityRecord(int space, String key, List<byte @Nullable []> states) {

  public void write(ByteWriter out) {
    out.writeVarint(space);
    out.writeString(key);
    out.writeVarint(states.size());
    for (byte[] state : states) {
      out.writeByte(state == null ? 0 : 1);
      if (state != null) {
        out.writeBlob(state);
      }
    }
  }

  /**
   * The record of such bytes.
   *
   * @throws dev.lockstep.wire.WireException if they aren't one
   */
  public static EntityRecord read(ByteReader in) {
    int space = (int) in.readVarint();
    String key = in.readString();
    int n = in.readCount(1);
    List<byte @Nullable []> states = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      states.add(in.readBoolean() ? in.readBlob() : null);
    }
    in.requireEnd("record of an entity");
    return new EntityRecord(space, key, states);
  }
}
