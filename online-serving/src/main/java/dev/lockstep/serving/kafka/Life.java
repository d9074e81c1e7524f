package dev.lockstep.serving.kafka;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** The one run of a process, which another thread, such as a signal's, may end. */
public final class Life {
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean ending;

  /**
   * Runs the process in this thread, until its end.
   *
   * @throws IllegalStateException if it has run already
   */
  public void run(Runnable process) {
    if (!begun.compareAndSet(false, true)) {
      throw new IllegalStateException("it runs once; make another");
    }
    try {
      process.run();
    } finally {
      ended.countDown();
    }
  }

  public boolean isEnding() {
    return ending;
  }

  /** Asks the process to end after the records in hand; returns at once. */
  public void stop() {
    ending = true;
  }

  /** Asks the process to end and waits until it has; at once if it never began. */
  public void stopAndWait() {
    stop();
    if (!begun.get()) {
      return;
    }
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
