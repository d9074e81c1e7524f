package dev.lockstep.value;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SortKeyTest {
  private static final String[] TEXTS = {
    "",
    "\0",
    "a",
    "a\0",
    "ab",
    "abcdefgh",
    "abcdefghi",
    "abcdefgi",
    "\u007f",
    "\u0080",
    "é",
    "\u07ff",
    "\u0800",
    "\ud7ff",
    "\uffee",
    "\ud83d\ude00",
    "zzzzzzz\ud83d\ude00",
    "zzzzzzz\uffee"
  };

  @Test
  void neverContradictsTheOrderOfTexts() {
    ColumnVector column = new ColumnVector(ValueType.STRING);
    column.appendNull();
    for (String text : TEXTS) {
      column.appendString(text);
    }
    assertFollowsOrder(column);
  }

  @Test
  void neverContradictsTheOrderOfNumbers() {
    ColumnVector longs = new ColumnVector(ValueType.LONG);
    ColumnVector doubles = new ColumnVector(ValueType.DOUBLE);
    longs.appendNull();
    doubles.appendNull();
    for (long bits : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
      longs.appendBits(bits);
    }
    for (double value :
        new double[] {
          Double.NEGATIVE_INFINITY, -1e300, -1, -0.0, 0.0, Double.MIN_VALUE, 2, Double.NaN
        }) {
      doubles.appendBits(Double.doubleToRawLongBits(value));
    }
    doubles.appendBits(0xFFF8_0000_0000_0001L); // NaN in other bits
    assertFollowsOrder(longs);
    assertFollowsOrder(doubles);
  }

  private static void assertFollowsOrder(ColumnVector column) {
    for (int a = 0; a < column.size(); a++) {
      for (int b = 0; b < column.size(); b++) {
        if (column.sortKey(a) < column.sortKey(b)) {
          assertTrue(column.compare(a, b) < 0, column.get(a) + " and " + column.get(b));
        }
      }
    }
  }
}
