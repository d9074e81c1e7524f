package dev.lockstep.cli.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be undone when a command ends: done once, the last first, on {@link #close} or when the
 * JVM is told to end (Ctrl-C, SIGTERM), whichever comes first. The other waits until it is done.
 */
public final class Cleanup implements AutoCloseable {
  private static volatile boolean stopping;

  private final Deque<AutoCloseable> steps = new ArrayDeque<>();
  private boolean closed;

  public Cleanup() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "cleanup"));
  }

  /** Whether the JVM was told to end: what fails from then on fails because of that. */
  public static boolean isStopping() {
    return stopping;
  }

  private void stop() {
    stopping = true;
    close();
  }

  /**
   * Adds what is to be closed; what was added later is closed earlier.
   *
   * @return the same thing
   * @throws IllegalStateException if the cleanup has begun; the thing is closed then
   */
  public synchronized <T extends AutoCloseable> T add(T step) {
    if (closed) {
      close(step);
      throw new IllegalStateException("interrupted");
    }
    steps.push(step);
    return step;
  }

  /** Closes everything; a step that fails is named on standard error and doesn't stop the rest. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!steps.isEmpty()) {
      close(steps.pop());
    }
  }

  private static void close(AutoCloseable step) {
    try {
      step.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      System.err.println("While cleaning up: " + e);
    }
  }
}
