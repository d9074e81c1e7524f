package dev.lockstep.beam.batch;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Files that are open together, and closed together: all of them, whichever fails. */
final class OpenFiles implements Closeable {
  private final Deque<Closeable> files = new ArrayDeque<>();

  /** Takes a file that was opened, and gives it back. */
  <T extends Closeable> T add(T file) {
    files.push(file);
    return file;
  }

  /** Closes all because of a failure, which takes along what fails then. */
  void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    IOException failed = null;
    while (!files.isEmpty()) {
      try {
        files.pop().close();
      } catch (IOException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
