package dev.lockstep.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The child's side of {@link ChildJvm}: ends this process when its standard input ends, which the
 * operating system sees to when the parent dies, even by {@code kill -9}.
 */
public final class ParentWatch {
  /** Set to true in a process that must end with its parent. */
  public static final String PROPERTY = "lockstep.child";

  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(15);

  private ParentWatch() {}

  /** Whether this process is a child that ends with its parent. */
  public static boolean isChild() {
    return Boolean.getBoolean(PROPERTY);
  }

  /** Begins to watch, if this process is a child. */
  public static void startIfChild() {
    if (isChild()) {
      Thread watch = new Thread(ParentWatch::awaitEnd, "parent-watch");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private static void awaitEnd() {
    try (InputStream input = System.in) {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Means what the end means: nobody is there any more.
      System.err.println("Standard input is broken, stopping: " + e.getMessage());
    }
    Thread halt = new Thread(ParentWatch::haltAfterTimeout, "parent-watch-halt");
    halt.setDaemon(true);
    halt.start();
    System.exit(0);
  }

  /** A hook that hangs must not keep an orphan alive. */
  private static void haltAfterTimeout() {
    try {
      new CountDownLatch(1).await(EXIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
