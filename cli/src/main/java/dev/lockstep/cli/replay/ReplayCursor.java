package dev.lockstep.cli.replay;

import org.jspecify.annotations.Nullable;

/** Events in the order they became known, one after another. */
public interface ReplayCursor extends AutoCloseable {

  /** The next event, which stays the next; null at the end. */
  @Nullable ReplayEvent peek();

  /** Goes on behind the event that {@link #peek} shows. */
  void advance();

  @Override
  void close();
}
