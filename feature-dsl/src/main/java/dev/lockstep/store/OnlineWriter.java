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
   *     after its own retries, with a {@link StoreRefusedException} where retries are of no use
   */
  CompletionStage<Integer> write(List<StateWrite> writes);

  /**
   * Tells which store this is at the moment: a text that is another one after each event in which
   * the store may have lost cells that were written (emptied, started again, failed over).
   *
   * @return the text, never empty; fails as {@link #write} does
   */
  CompletionStage<String> incarnation();

  @Override
  void close();
}
