package dev.lockstep.cli.view;

import java.time.Duration;

/** How far something long is: a bar on a terminal; elsewhere a line a minute, for logs. */
public final class ProgressLine implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** A way to show how far the work is. */
  interface Shown extends AutoCloseable {
    void reached(long done);

    void outOf(long total);

    void say(String text);

    @Override
    void close();
  }

  private final Shown shown;

  /**
   * Begins on standard error, where no result goes.
   *
   * @param total what is reached at the end; -1 if unknown
   * @param unit what is counted, such as "rows"; empty where nothing is
   */
  public ProgressLine(String name, long total, String unit) {
    if (!Screen.showsErrors()) {
      this.shown = new MinuteLines(name, total, unit, System.err, PERIOD);
    } else if (unit.isEmpty()) {
      this.shown = new TerminalNote(name, System.err);
    } else {
      this.shown = new TerminalBar(name, total, unit, System.err);
    }
  }

  /** So much is done. */
  public void reached(long done) {
    shown.reached(done);
  }

  /** So much is to be done in all. */
  public void outOf(long total) {
    shown.outOf(total);
  }

  /** Shows a text after the count. */
  public void say(String text) {
    shown.say(text);
  }

  @Override
  public void close() {
    shown.close();
  }
}
