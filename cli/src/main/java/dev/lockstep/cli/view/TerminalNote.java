package dev.lockstep.cli.view;

import java.io.PrintStream;

/** A word on a terminal about what can't be counted, gone when that has ended. */
final class TerminalNote implements ProgressLine.Shown {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;

  TerminalNote(String name, PrintStream out) {
    this.out = out;
    out.print(name + " ...");
    out.flush();
  }

  @Override
  public void reached(long done) {}

  @Override
  public void outOf(long total) {}

  @Override
  public void say(String text) {}

  @Override
  public void close() {
    out.print(ERASE_LINE);
    out.flush();
  }
}
