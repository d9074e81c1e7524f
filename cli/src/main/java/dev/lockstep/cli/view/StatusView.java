package dev.lockstep.cli.view;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Shows {@link Status}: on a terminal a block that is drawn over again, elsewhere a line now and
 * then.
 */
public final class StatusView {
  private static final int BAR = 40;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final boolean terminal;
  private final IntSupplier width;
  private int drawnLines;

  /**
   * A view of nothing yet.
   *
   * @param width how many characters a line of the terminal has: a longer one would wrap, and be
   *     left behind when the block is drawn over
   */
  public StatusView(PrintStream out, boolean terminal, IntSupplier width) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
  }

  /** How long to wait between two shows. */
  public Duration period() {
    return terminal ? Duration.ofMillis(500) : Duration.ofSeconds(10);
  }

  public void show(Status status) {
    if (terminal) {
      draw(block(status));
    } else {
      out.println(line(status));
    }
    out.flush();
  }

  private void draw(List<String> lines) {
    int room = Math.max(0, width.getAsInt() - 1);
    StringBuilder text = new StringBuilder();
    if (drawnLines > 0) {
      text.append("\u001b[").append(drawnLines).append('A');
    }
    for (String line : lines) {
      text.append("\u001b[2K").append(line, 0, Math.min(room, line.length())).append('\n');
    }
    drawnLines = lines.size();
    out.print(text);
  }

  static List<String> block(Status s) {
    double share = s.total() == 0 ? 1 : (double) s.sent() / s.total();
    int filled = (int) Math.round(share * BAR);
    return List.of(
        "",
        String.format(
            Locale.ROOT,
            "  [%s%s] %3.0f %%   %d s left",
            "#".repeat(filled),
            ".".repeat(BAR - filled),
            share * 100,
            s.secondsLeft()),
        "  replay   it is " + TIME.format(s.replayTime()) + " UTC there",
        String.format(
            Locale.ROOT, "  in       %,d events, %.0f a second", s.sent(), s.ratePerSecond()),
        String.format(Locale.ROOT, "  out      %,d vectors, %,d scores", s.vectors(), s.scored()),
        String.format(
            Locale.ROOT,
            "  latency  median %.0f ms, p99 %.0f ms, longest %.0f ms",
            s.p50Millis(),
            s.p99Millis(),
            s.maxMillis()),
        String.format(Locale.ROOT, "  alerts   %,d (%s)", s.alerts(), s.alertName()),
        "  quality  " + quality(s));
  }

  static String line(Status s) {
    return String.format(
        Locale.ROOT,
        "  %3.0f %%  %,d events at %.0f/s, %,d vectors, %,d scores, latency %.0f/%.0f/%.0f ms,"
            + " %,d alerts, %s, %d s left",
        s.total() == 0 ? 100.0 : 100.0 * s.sent() / s.total(),
        s.sent(),
        s.ratePerSecond(),
        s.vectors(),
        s.scored(),
        s.p50Millis(),
        s.p99Millis(),
        s.maxMillis(),
        s.alerts(),
        quality(s),
        s.secondsLeft());
  }

  private static String quality(Status s) {
    if (s.known() == 0) {
      return "no outcome known yet";
    }
    return String.format(
        Locale.ROOT,
        "%.1f %% right of %,d known outcomes%s",
        s.accuracy() * 100,
        s.known(),
        Double.isNaN(s.auc()) ? "" : String.format(Locale.ROOT, ", AUC %.3f", s.auc()));
  }
}
