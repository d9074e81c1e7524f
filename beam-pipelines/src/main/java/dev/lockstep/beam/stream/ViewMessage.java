package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What travels to one key of one branch, as bytes (not stored beyond the job).
 *
 * <pre>
 * key:      branch        varint
 *           entity key    UTF-8, the rest
 * message:  operation     one byte: 0 apply, 1 retract, 2 begin with a snapshot's state
 *           row           {@link BranchRowCodec}; for a state its canonical bytes
 * </pre>
 */
final class ViewMessage {
  static final int APPLY = 0;
  static final int RETRACT = 1;
  private static final int STATE = 2;

  private final List<BranchRowCodec> codecs;

  ViewMessage(FeaturePlan plan) {
    this.codecs = plan.branches().stream().map(BranchRowCodec::new).toList();
  }

  /** A decoded message. */
  record Decoded(boolean isRetraction, BranchRow row) {}

  static byte[] key(int branch, String entityKey) {
    ByteWriter out = new ByteWriter(entityKey.length() + 2);
    out.writeVarint(branch);
    out.writeBytes(entityKey.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  static int branchOf(byte[] key) {
    return (int) new ByteReader(key).readVarint();
  }

  static String entityKeyOf(byte[] key) {
    ByteReader in = new ByteReader(key);
    in.readVarint();
    return new String(in.readBytes(in.remaining()), StandardCharsets.UTF_8);
  }

  /** The message that a key begins with, where a snapshot holds it. */
  static byte[] ofState(byte[] canonical) {
    byte[] message = new byte[canonical.length + 1];
    message[0] = STATE;
    System.arraycopy(canonical, 0, message, 1, canonical.length);
    return message;
  }

  /** The canonical state that a message begins a key with; null if it is of a row. */
  static byte @Nullable [] stateIn(byte[] message) {
    return message[0] == STATE ? Arrays.copyOfRange(message, 1, message.length) : null;
  }

  byte[] encode(int branch, int operation, BranchRow row) {
    ByteWriter out = new ByteWriter();
    out.writeByte(operation);
    codecs.get(branch).write(row, out);
    return out.toByteArray();
  }

  Decoded decode(int branch, byte[] message) {
    return decode(branch, new ByteReader(message));
  }

  Decoded decode(int branch, ByteReader in) {
    int operation = in.readByte();
    return new Decoded(operation == RETRACT, codecs.get(branch).read(in));
  }
}
