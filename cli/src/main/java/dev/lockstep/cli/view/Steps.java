package dev.lockstep.cli.view;

import java.io.PrintStream;
import java.util.Locale;

/** Tells of the steps of something long: what begins, and what came of it after how long. */
public final class Steps {
  private final PrintStream out;
  private final long start = System.nanoTime();

  public Steps(PrintStream out) {
    this.out = out;
  }

  /** Seconds since the first step. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Tells something, with the time since the start before it. */
  public void say(String format, Object... arguments) {
    out.printf(
        Locale.ROOT, "%5.0f s  %s%n", seconds(), String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
