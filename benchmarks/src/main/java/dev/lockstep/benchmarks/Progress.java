package dev.lockstep.benchmarks;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * A line for each measurement, with a dot for each iteration; what JMH says is kept in case it
 * fails.
 */
final class Progress implements OutputFormat {
  private static final int MOST_KEPT = 20_000;

  private final PrintStream out;
  private final long start = System.nanoTime();
  private final StringBuilder kept = new StringBuilder();

  Progress(PrintStream out) {
    this.out = out;
  }

  /** Begins a line, with the seconds since the start before it. */
  void begin(String format, Object... arguments) {
    kept.setLength(0);
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(Locale.ROOT, "%5.0f s  %s", seconds, String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** Ends the line. */
  void end(String format, Object... arguments) {
    out.printf(Locale.ROOT, format + "%n", arguments);
    out.flush();
  }

  /** What JMH said since the last line began. */
  String said() {
    return kept.toString();
  }

  private void keep(String text) {
    if (kept.length() < MOST_KEPT) {
      kept.append(text);
    }
  }

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams iteration, int number, IterationResult result) {
    out.print('.');
    out.flush();
  }

  @Override
  public void print(String text) {
    keep(text);
  }

  @Override
  public void println(String text) {
    keep(text + System.lineSeparator());
  }

  @Override
  public void write(int character) {
    keep(String.valueOf((char) character));
  }

  @Override
  public void write(byte[] text) {
    keep(new String(text, java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams iteration, int number) {}

  @Override
  public void startBenchmark(BenchmarkParams benchmark) {}

  @Override
  public void endBenchmark(BenchmarkResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {}
}
