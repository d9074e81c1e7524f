package dev.lockstep.store;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The writing side of an online store. */
public interface OnlineWriter extends AutoCloseable {

  /**
   * Writes cells in one pipelined round trip, without blocking; each cell only where its mark is
   * greater than the stored one's (C11). Repeating a write is harmless.
   *
   * @return how many of the writes took effect; fails with a {@link StoreUnavailableException}
   *     after its own retries
   */
  CompletionStage<Integer> write(List<StateWrite> writes);

  @Override
  void close();
}
