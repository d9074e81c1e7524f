package dev.lockstep.intake;

import dev.lockstep.kernel.DataException;

/** Reads messages of one source, in one format, straight into fields. Not thread-safe. */
public interface EventReader {
  /**
   * Gives the needed fields of a message. What one field has wrong becomes that field's fault; what
   * makes the whole message unreadable is thrown.
   *
   * @param into the fields that the reader was compiled for, begun for this message
   * @throws DataException if the bytes are no whole message, naming what is wrong
   */
  void read(byte[] message, Fields into);
}
