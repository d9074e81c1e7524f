package dev.lockstep.beam.batch;

/** Hears how far a backfill is, about four times a second, on a thread of its own. */
@FunctionalInterface
public interface BackfillListener {
  /** Hears nothing. */
  BackfillListener NONE = status -> {};

  /**
   * How far it is.
   *
   * @param read rows read by now, of whole row groups
   * @param toRead rows of all files, events and tables included
   * @param written rows of the training set written by now, of whole parts
   * @param toWrite the most that can be written: requests that are left out are counted, too
   */
  record Status(long read, long toRead, long written, long toWrite) {}

  /** So much is done. */
  void at(Status status);
}
