package dev.lockstep.beam.write;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A training set that can't be read, written or published; the message says what to do. */
public final class TrainingSetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainingSetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Of a file or folder that couldn't be written: a full disk is named as such. */
  public static TrainingSetException notWritten(Path path, @Nullable IOException e) {
    Path folder = path.toAbsolutePath();
    String reason = String.valueOf(e);
    boolean full =
        reason.toLowerCase(Locale.ROOT).contains("no space left")
            || reason.toLowerCase(Locale.ROOT).contains("quota exceeded");
    return new TrainingSetException(
        full
            ? folder
                + " can't be written: the disk is full; free some space, or give a folder on another"
                + " disk, and run it again (nothing half-written was published)"
            : folder
                + " can't be written ("
                + reason
                + "); give a folder that you may write to, and run it again",
        e);
  }
}
