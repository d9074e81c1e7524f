package dev.lockstep.beam.read;

import org.jspecify.annotations.Nullable;

/** A history file that can't be read as its source; the message names the file and the cure. */
public final class HistoryFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HistoryFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A file that isn't Parquet, or whose pages are damaged. */
  static HistoryFileException damaged(String path, Throwable cause) {
    return new HistoryFileException(
        "the history file "
            + path
            + " can't be read as Parquet ("
            + cause.getMessage()
            + "); write it again, or leave it out of the history",
        cause);
  }
}
