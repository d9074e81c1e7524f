package dev.lockstep.store;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The reading side of an online store. */
public interface OnlineReader extends AutoCloseable {

  /**
   * Reads cells in one pipelined round trip, without blocking.
   *
   * @return as many states as keys, in their order, null where there is no cell; fails with a
   *     {@link StoreUnavailableException} after its own retries
   */
  CompletionStage<List<byte @Nullable []>> read(List<StoreKey> keys);

  @Override
  void close();
}
