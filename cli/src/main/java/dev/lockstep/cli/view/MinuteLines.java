package dev.lockstep.cli.view;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/** A line now and then about something long, printed by a thread of its own until it is closed. */
final class MinuteLines implements ProgressLine.Shown {
  private final String name;
  private final String unit;
  private final long start = System.nanoTime();
  private final Timer timer = new Timer("progress", true);
  private volatile long total;
  private volatile long done;
  private volatile String text = "";

  MinuteLines(String name, long total, String unit, PrintStream out, Duration period) {
    this.name = name;
    this.total = total;
    this.unit = unit;
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            out.println(line());
          }
        },
        period.toMillis(),
        period.toMillis());
  }

  private String line() {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    String count =
        total < 0
            ? unit.isEmpty() ? "" : String.format(Locale.ROOT, " %,d %s,", done, unit)
            : String.format(Locale.ROOT, " %,d of %,d %s,", done, total, unit);
    return name
        + ":"
        + count
        + (text.isEmpty() ? "" : " " + text + ",")
        + " after "
        + seconds
        + " s";
  }

  @Override
  public void reached(long newDone) {
    done = newDone;
  }

  @Override
  public void outOf(long newTotal) {
    total = newTotal;
  }

  @Override
  public void say(String newText) {
    text = newText;
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
