package dev.lockstep.cli.process;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What this process does when it is told to end (Ctrl-C, SIGTERM) while something must come to an
 * orderly end first: Java's own way runs all shutdown hooks at one time, those of libraries among
 * them, which take away what is still needed.
 *
 * <p>The first signal begins the orderly end; the second ends the process as the first one does
 * otherwise; the third ends it on the spot.
 */
public final class StopSignals implements AutoCloseable {
  private static final List<String> NAMES = List.of("TERM", "INT");
  private static final int INTERRUPTED = 130;

  private final Map<String, SignalHandler> before = new TreeMap<>();
  private final Runnable orderlyEnd;
  private final AtomicInteger seen = new AtomicInteger();

  /**
   * Listens from now on.
   *
   * @param orderlyEnd is run once, in a thread of its own
   */
  public StopSignals(Runnable orderlyEnd) {
    this.orderlyEnd = orderlyEnd;
    for (String name : NAMES) {
      before.put(name, Signal.handle(new Signal(name), signal -> heard()));
    }
  }

  private void heard() {
    switch (seen.incrementAndGet()) {
      case 1 -> inThread("orderly-end", orderlyEnd);
      case 2 -> inThread("end", () -> System.exit(INTERRUPTED));
      default -> Runtime.getRuntime().halt(INTERRUPTED);
    }
  }

  private static void inThread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Signals do again what they did before. */
  @Override
  public void close() {
    before.forEach((name, handler) -> Signal.handle(new Signal(name), handler));
  }
}
