package dev.lockstep.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  private static final long MB = 1_000_000;
  private static final Path SET = Path.of("set");

  private final MemoryNeed need = new MemoryNeed(2_300_000, 20);

  @Test
  void namesTheHeapThatIsEnough() {
    String message = refused(need, 256 * MB, 256 * MB, 24_000 * MB);
    long enough = Long.parseLong(message.replaceAll("(?s).*-Xmx(\\d+)m;.*", "$1"));

    assertTrue(
        message.startsWith("to train on the 2,300,000 rows of set with 20 features"), message);
    assertTrue(message.contains("this process may use 256 MB\n"), message);
    assertTrue(message.contains("--set include=NAMES"), message);
    assertDoesNotThrow(() -> need.require(SET, enough * MB, enough * MB, 24_000 * MB));
    assertEquals(0, enough % 100);
    assertTrue(refused(need, (enough - 100) * MB, (enough - 100) * MB, 24_000 * MB).length() > 0);
  }

  /** Of 900 MB a collector keeps a third for young objects: what lives long has 600. */
  @Test
  void knowsThatNotAllOfTheHeapIsForWhatLivesLong() {
    MemoryNeed more = new MemoryNeed(2_300_000, 50);
    long heap = more.heapBytes() + 10 * MB;
    assertDoesNotThrow(() -> more.require(SET, heap, heap, 24_000 * MB));

    String message = refused(more, heap * 2 / 3, heap, 24_000 * MB);
    long enough = Long.parseLong(message.replaceAll("(?s).*-Xmx(\\d+)m;.*", "$1"));
    assertTrue(enough * MB * 2 / 3 >= more.heapBytes(), message);
  }

  @Test
  void refusesWhatTheMachineHasNotHoweverLargeTheHeap() {
    String message =
        refused(new MemoryNeed(200_000_000, 50), 60_000 * MB, 60_000 * MB, 64_000 * MB);

    assertTrue(message.contains("this machine has 64,000 MB"), message);
    assertTrue(message.contains("or train on a larger machine"), message);
  }

  private static String refused(MemoryNeed need, long usable, long heap, long machine) {
    return assertThrows(TrainingException.class, () -> need.require(SET, usable, heap, machine))
        .getMessage();
  }
}
