package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BranchState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states that this worker decoded last, so that a hot key isn't decoded for each of its rows.
 *
 * <p>The cell in Beam's state stays the truth: a decoded state is used only if the cell holds the
 * very bytes it was last stored as. It is taken out while it is worked on, so that work which
 * failed halfway leaves nothing behind. Least recently used first out, by size of the bytes.
 */
final class DecodedStates {
  private static final long MAX_BYTES = 32L << 20;

  private record Decoded(byte[] bytes, BranchState state) {}

  private final Map<ByteBuffer, Decoded> states = new LinkedHashMap<>(256, 0.75f, true);
  private long held;

  /** Takes out the state of these bytes, or null if it isn't held. */
  @Nullable BranchState take(byte[] key, byte @Nullable [] bytes) {
    Decoded decoded = states.remove(ByteBuffer.wrap(key));
    if (decoded == null) {
      return null;
    }
    held -= decoded.bytes.length;
    return bytes != null && Arrays.equals(decoded.bytes, bytes) ? decoded.state : null;
  }

  /** Holds a state as these bytes. */
  void put(byte[] key, byte[] bytes, BranchState state) {
    Decoded before = states.put(ByteBuffer.wrap(key), new Decoded(bytes, state));
    held += bytes.length - (before == null ? 0 : before.bytes.length);
    Iterator<Decoded> eldest = states.values().iterator();
    while (held > MAX_BYTES && eldest.hasNext()) {
      held -= eldest.next().bytes.length;
      eldest.remove();
    }
  }
}
