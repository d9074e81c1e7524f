package dev.lockstep.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.cli.TerminalPicture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown of a moment, on a terminal and elsewhere. */
class StatusViewTest {
  private static Status status(long sent, long known, double auc) {
    return new Status(
        sent,
        1000,
        850,
        400,
        390,
        12,
        80,
        120,
        7,
        "delay_alert",
        known,
        0.8125,
        auc,
        Instant.parse("2001-01-28T06:30:00Z"),
        30);
  }

  private static String shown(boolean terminal, Status... moments) {
    return shown(terminal, 60, moments);
  }

  private static String shown(boolean terminal, int width, Status... moments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StatusView view =
        new StatusView(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> width);
    for (Status moment : moments) {
      view.show(moment);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void elsewhereALineIsPrinted() {
    assertEquals(
        "   50 %  500 events at 850/s, 400 vectors, 390 scores, latency 12/80/120 ms, 7 alerts,"
            + " 81.3 % right of 32 known outcomes, AUC 0.700, 30 s left\n",
        shown(false, status(500, 32, 0.7)));
  }

  @Test
  void anAucThatIsUnknownIsNotShown() {
    assertFalse(shown(false, status(500, 32, Double.NaN)).contains("AUC"));
    assertTrue(shown(false, status(500, 0, Double.NaN)).contains("no outcome known yet"));
  }

  @Test
  void onATerminalTheBlockIsDrawnOverAgain() {
    String text = shown(true, status(500, 32, 0.7), status(1000, 32, 0.7));
    int lines = StatusView.block(status(500, 32, 0.7)).size();
    assertTrue(text.contains("\u001b[" + lines + "A"), text);
    assertTrue(text.contains("[####################....................]  50 %"), text);
    assertTrue(text.contains("28 Jan 2001 06:30 UTC"), text);
  }

  /** At 80 columns, where a line that wraps would be left behind by each drawing over. */
  @Test
  void aTerminalShowsTheLastBlockAlone() {
    String text =
        shown(
            true,
            80,
            status(500, 1_234_567_890, 0.7),
            status(501, 1_234_567_890, 0.7),
            status(1000, 32, 0.7));
    List<String> seen = TerminalPicture.of(text, 80);
    assertEquals(
        StatusView.block(status(1000, 32, 0.7)).stream().map(String::stripTrailing).toList(),
        seen.subList(0, seen.size() - 1)); // then the cursor's line
  }

  @Test
  void noLineOfTheBlockWraps() {
    String text = shown(true, status(500, 1_234_567_890, 0.7));
    for (String line : text.split("\n")) {
      assertTrue(line.replace("\u001b[2K", "").length() < 60, line);
    }
    assertTrue(
        StatusView.block(status(500, 1_234_567_890, 0.7)).stream().anyMatch(l -> l.length() > 60));
  }
}
