package dev.lockstep.serving.redis;

import dev.lockstep.store.StateMark;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One cell of the online store as Redis holds it.
 *
 * <pre>
 * key               ls:SPACE:ENTITY in UTF-8; in SPACE, % is written %25 and : is written %3A
 *
 * value
 *   0   version     one byte, 1
 *   1   generation  8 bytes, most significant first, sign bit flipped
 *   9   available   likewise
 *  17   sequence    likewise
 *  25   applied     likewise
 *  33   state       the kernel's bytes, to the end
 * </pre>
 *
 * <p>In this form the 32 bytes of two marks compare as the marks do, byte by byte: Lua's numbers
 * are doubles, which can't hold them, and its string comparison depends on the server's locale.
 */
final class Cell {
  static final int VERSION = 1;
  static final int HEADER_BYTES = 1 + 4 * Long.BYTES;

  private Cell() {}

  static byte[] key(StoreKey key) {
    String space = key.space().replace("%", "%25").replace(":", "%3A");
    return ("ls:" + space + ":" + key.entityKey()).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] value(StateWrite write) {
    StateMark mark = write.mark();
    return ByteBuffer.allocate(HEADER_BYTES + write.state().length)
        .put((byte) VERSION)
        .putLong(mark.generation() ^ Long.MIN_VALUE)
        .putLong(mark.availableAtMicros() ^ Long.MIN_VALUE)
        .putLong(mark.sequence() ^ Long.MIN_VALUE)
        .putLong(mark.applied() ^ Long.MIN_VALUE)
        .put(write.state())
        .array();
  }

  /**
   * The state in a value.
   *
   * @throws WireException if it is no value of ours
   */
  static byte[] state(StoreKey key, byte[] value) {
    if (value.length < HEADER_BYTES || value[0] != VERSION) {
      throw new WireException(
          "the cell of "
              + key
              + " in Redis was not written by this version of Lockstep: "
              + value.length
              + " bytes"
              + (value.length == 0 ? "" : ", version " + value[0]));
    }
    return Arrays.copyOfRange(value, HEADER_BYTES, value.length);
  }
}
