package dev.lockstep.training;

/** Hears, now and then, how many of a training set's rows have been read. */
@FunctionalInterface
public interface LoadProgress {

  /**
   * Rows have been read.
   *
   * @param read so far
   * @param rows as many as the manifest says there are
   */
  void onRows(long read, long rows);
}
