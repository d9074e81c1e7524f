package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** L6: what waits is in few files, and no two steps write to one. */
class WaitingRowsTest {
  private static final long RANGE = RowGroup.RANGE_ROWS;

  @Test
  void rowsFollowEachOtherAndNumbersAreFree() {
    Map<Long, Long> rows = new TreeMap<>(Map.of(4L, 3L, 7L, RANGE, 9L, 2L));
    List<WaitingRows> files = WaitingRows.of(rows, 10);
    assertEquals(
        List.of(
            new WaitingRows(4, 3, 10 * RANGE, 12),
            new WaitingRows(7, RANGE, 10 * RANGE + 3, 13),
            new WaitingRows(9, 2, 11 * RANGE + 3, 14)),
        files);
    assertEquals(15, WaitingRows.end(files, 10));
    for (WaitingRows file : files) {
      assertEquals(file, WaitingRows.fromBytes(file.toBytes()));
    }
  }

  @Test
  void nothingTakesNoNumber() {
    assertEquals(10, WaitingRows.end(WaitingRows.of(Map.of(), 10), 10));
  }
}
