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
 * <p>The cells in Beam's state stay the truth: a decoded state is used only if the value cell holds
 * the very bytes it was last stored as. A view's header says in them which blocks it goes with. It
 * is taken out while it is worked on, so that work which failed halfway leaves nothing behind.
 * Least recently used first out, by size of the bytes, those of blocks included.
 */
final class DecodedStates {
  private record Decoded(byte[] value, BranchState state, long size) {}

  private final Map<ByteBuffer, Decoded> states = new LinkedHashMap<>(256, 0.75f, true);
  private final long mostBytes;
  private long held;

  DecodedStates(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Takes out the state that the value cell's bytes tell of, or null if it isn't held. */
  @Nullable BranchState take(byte[] key, byte @Nullable [] value) {
    Decoded decoded = states.remove(ByteBuffer.wrap(key));
    if (decoded == null) {
      return null;
    }
    held -= decoded.size;
    return value != null && Arrays.equals(decoded.value, value) ? decoded.state : null;
  }

  /** Holds a state that was stored with these bytes in the value cell, of a size in all cells. */
  void put(byte[] key, byte[] value, BranchState state, long size) {
    Decoded before = states.put(ByteBuffer.wrap(key), new Decoded(value, state, size));
    held += size - (before == null ? 0 : before.size);
    Iterator<Decoded> eldest = states.values().iterator();
    while (held > mostBytes && eldest.hasNext()) {
      held -= eldest.next().size;
      eldest.remove();
    }
  }
}
