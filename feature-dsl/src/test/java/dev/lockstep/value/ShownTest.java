package dev.lockstep.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a message shows of a value. */
final class ShownTest {

  @Test
  void aShortTextIsShownAsItIs() {
    assertEquals("café \\ \"x\" 😀", Shown.text("café \\ \"x\" 😀"));
    assertEquals("", Shown.text(""));
    assertEquals("x".repeat(200), Shown.text("x".repeat(200)));
    assertEquals("12", Shown.value(12));
    assertEquals("null", Shown.value(null));
    assertEquals("null", Shown.text(null));
  }

  @Test
  void aLongTextIsCutAndSaysSo() {
    assertEquals("x".repeat(200) + "... (201 characters)", Shown.text("x".repeat(201)));
  }

  @Test
  void noPairIsCutApart() {
    assertEquals("x".repeat(199) + "... (201 characters)", Shown.text("x".repeat(199) + "😀"));
  }

  @Test
  void whatCantBePrintedIsEscaped() {
    assertEquals("a\\nb\\r\\tc\\u0000\\u007f\\u0085", Shown.text("a\nb\r\tc\u0000\u007f\u0085"));
    assertEquals("\\ud800x\\udc00", Shown.text("\ud800x\udc00"));
    assertEquals("\\u2028\\u202e\\u2066\\ufeff", Shown.text("\u2028\u202e\u2066\ufeff"));
  }

  @Test
  void whateverItIsGivenItIsShortAndCanBeWritten() {
    long seed = 20_261_130L;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(400);
      for (int i = 0; i < length; i++) {
        text.append((char) random.nextInt(1 << (1 + random.nextInt(16))));
      }
      String shown = Shown.text(text);
      String where = "seed " + seed + ", round " + round;
      assertTrue(shown.length() < 230, where);
      assertTrue(shown.chars().noneMatch(c -> c < ' '), where);
      byte[] utf8 = shown.getBytes(StandardCharsets.UTF_8);
      assertEquals(shown, new String(utf8, StandardCharsets.UTF_8), where);
    }
  }
}
