package dev.lockstep.cli.view;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on a terminal, drawn over itself a few times a second. */
final class TerminalBar implements ProgressLine.Shown {
  private static final int REFRESH_MILLIS = 250;

  private final ProgressBar bar;

  TerminalBar(String name, long total, String unit, PrintStream out) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setUnit(" " + unit, 1)
            .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .hideEta()
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            // With a width of its own it asks no terminal for one, which it would close at the end
            // together with standard output.
            .setConsumer(new ConsoleProgressBarConsumer(out, Screen.width() - 1))
            .build();
  }

  @Override
  public void reached(long done) {
    bar.stepTo(done);
  }

  @Override
  public void outOf(long total) {
    bar.maxHint(total);
  }

  @Override
  public void say(String text) {
    bar.setExtraMessage("  " + text);
  }

  @Override
  public void close() {
    bar.close();
  }
}
