package dev.lockstep.cli.view;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on a terminal; elsewhere nothing, so that logs stay readable. */
public final class ProgressLine implements AutoCloseable {
  private static final int REFRESH_MILLIS = 250;

  private final @Nullable ProgressBar bar;

  /**
   * Begins a bar.
   *
   * @param total what is reached at the end; -1 if unknown
   */
  public ProgressLine(String name, long total) {
    this.bar = Screen.isTerminal() ? builder(name, total).build() : null;
  }

  /**
   * Begins a bar that shows how many a second.
   *
   * @param total what is reached at the end; -1 if unknown
   * @param unit what is counted, such as "rows"
   */
  public ProgressLine(String name, long total, String unit) {
    this.bar =
        Screen.isTerminal()
            ? builder(name, total)
                .setUnit(" " + unit, 1)
                .showSpeed(
                    new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .build()
            : null;
  }

  private static ProgressBarBuilder builder(String name, long total) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err));
  }

  /** So much is done. */
  public void reached(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** So much is to be done in all. */
  public void outOf(long total) {
    if (bar != null) {
      bar.maxHint(total);
    }
  }

  /** Shows a text after the bar. */
  public void say(String text) {
    if (bar != null) {
      bar.setExtraMessage(text);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
