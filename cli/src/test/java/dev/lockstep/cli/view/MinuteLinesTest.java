package dev.lockstep.cli.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Where no terminal is, a line now and then tells how far long work is. */
class MinuteLinesTest {
  @Test
  void saysHowMuchIsDoneAndForHowLong() throws Exception {
    LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    PrintStream out =
        new PrintStream(System.out, true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            lines.add(line);
          }
        };
    try (MinuteLines progress =
        new MinuteLines("backfill", -1, "rows", out, Duration.ofMillis(20))) {
      progress.outOf(12_000);
      progress.reached(3_456);
      progress.say("reading");
      lines.clear();
      lines.take(); // may be of the moment before
      String line = lines.take();
      assertTrue(line.matches("backfill: 3,456 of 12,000 rows, reading, after \\d+ s"), line);
    }
    try (MinuteLines progress = new MinuteLines("judging", -1, "", out, Duration.ofMillis(20))) {
      lines.clear();
      lines.take();
      String line = lines.take();
      assertTrue(line.matches("judging: after \\d+ s"), line);
    }
  }
}
