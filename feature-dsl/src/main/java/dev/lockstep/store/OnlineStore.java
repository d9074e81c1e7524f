package dev.lockstep.store;

import java.io.Serializable;

/**
 * Where an online store is: shipped to workers as this, opened there. It carries no credentials: an
 * implementation reads them from a file or the environment where it is opened.
 */
public interface OnlineStore extends Serializable {

  /** Opens a connection for reading. */
  OnlineReader openReader();

  /** Opens a connection for writing. */
  OnlineWriter openWriter();

  /** Whether what is written is thrown away, so that nobody need see that it stays. */
  default boolean discards() {
    return false;
  }
}
