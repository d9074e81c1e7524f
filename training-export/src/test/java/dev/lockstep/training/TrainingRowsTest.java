package dev.lockstep.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRowsTest {

  @Test
  void holdsWhatAModelReads() {
    List<ValueType> types =
        List.of(ValueType.BOOLEAN, ValueType.STRING, ValueType.INSTANT, ValueType.DOUBLE);
    TrainingRows rows = new TrainingRows(List.of("b", "s", "i", "d"), types);
    Values values = new Values(types);
    values.setBoolean(0, true);
    values.setString(1, "text");
    values.setLong(2, 1_500_000);
    values.setDouble(3, -2.5);
    rows.add("one", 7, values, 1);
    rows.add("none", 8, new Values(types), Float.NaN);

    assertEquals(2, rows.size());
    assertEquals(List.of("b", "i", "d"), rows.numericFeatureNames());
    float nan = Float.NaN;
    assertArrayEquals(
        new float[] {-2.5f, 1, 1.5f, nan, nan, nan},
        rows.matrix(new int[] {0, 1}, rows.indexesOf(List.of("d", "b", "i"))));
    assertArrayEquals(new float[] {1, nan}, rows.labels());
    assertEquals(IdHash.of("none"), rows.requestHash(1));
    assertEquals(8, rows.eventTimeMicros(1));
  }

  @Test
  void growsWithItsRows() {
    TrainingRows rows = SyntheticRows.of(5000, 3);

    assertEquals(5000, rows.size());
    assertEquals(5000, rows.labels().length);
    assertEquals(IdHash.of("r4999"), rows.requestHash(4999));
    assertEquals(4999 * SyntheticRows.SECOND_MICROS, rows.eventTimeMicros(4999));
    int nulls = 0;
    for (int row = 0; row < 5000; row++) {
      nulls += Float.isNaN(rows.value(row, 0)) ? 1 : 0;
      assertTrue(rows.value(row, 1) >= 0 && rows.value(row, 1) < 1000);
    }
    assertEquals(500, nulls, 100); // a tenth; the standard deviation is 21
  }

  @Test
  void keepsDoublesBeyondTheRangeOfFloatsFinite() {
    List<ValueType> types = List.of(ValueType.DOUBLE);
    TrainingRows rows = new TrainingRows(List.of("d"), types);
    Values values = new Values(types);
    for (double d : new double[] {1e300, -1e300}) {
      values.setDouble(0, d);
      rows.add("r", 0, values, 0);
    }

    assertEquals(Float.MAX_VALUE, rows.value(0, 0));
    assertEquals(-Float.MAX_VALUE, rows.value(1, 0));
  }

  @Test
  void refusesVectorsOfOtherTypes() {
    TrainingRows rows = new TrainingRows(List.of("d"), List.of(ValueType.DOUBLE));

    assertThrows(
        IllegalArgumentException.class,
        () -> rows.add("r", 0, new Values(List.of(ValueType.LONG)), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingRows(List.of("a", "b"), List.of(ValueType.LONG)));
  }
}
