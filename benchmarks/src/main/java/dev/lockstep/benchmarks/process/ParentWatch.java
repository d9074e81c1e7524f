package dev.lockstep.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Ends this process when its standard input ends, which the operating system sees to when the
 * parent dies, even by {@code kill -9}.
 */
public final class ParentWatch {
  /** Set to true in a process that must end with its parent. */
  static final String PROPERTY = "lockstep.child";

  private static final int FAILED = 1;

  private ParentWatch() {}

  /** Begins to watch, if this process is a child. */
  public static void startIfChild() {
    if (Boolean.getBoolean(PROPERTY)) {
      Thread watch = new Thread(ParentWatch::awaitEndOfInput, "parent-watch");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private static void awaitEndOfInput() {
    try (InputStream input = System.in) {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Means what the end means: nobody is there any more.
      System.err.println("Standard input is broken, stopping: " + e.getMessage());
    }
    System.exit(FAILED);
  }
}
