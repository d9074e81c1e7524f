package dev.lockstep.beam.read;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A history file that can't be read as its source; the message names the file and the cure. */
public final class HistoryFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How Parquet calls a file that it reads. */
  private static final Pattern INPUT_FILE = Pattern.compile("\\S*LocalInputFile@[0-9a-f]+");

  public HistoryFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A file that isn't Parquet, or whose footer is damaged. */
  static HistoryFileException damaged(String path, Throwable cause) {
    return damaged(path, "", cause);
  }

  /**
   * A file whose pages are damaged.
   *
   * @param group the row group, from 0
   * @param column null where it can't be told
   */
  static HistoryFileException damaged(
      String path, int group, @Nullable String column, Throwable cause) {
    String where = ": row group " + group + (column == null ? "" : ", column [" + column + "]");
    return damaged(path, where, cause);
  }

  private static HistoryFileException damaged(String path, String where, Throwable cause) {
    String reason =
        cause.getMessage() == null
            ? cause.getClass().getSimpleName()
            : INPUT_FILE.matcher(cause.getMessage()).replaceAll("it");
    return new HistoryFileException(
        "the history file "
            + path
            + " can't be read as Parquet"
            + where
            + " ("
            + reason
            + "); write it again, or leave it out of the history",
        cause);
  }
}
