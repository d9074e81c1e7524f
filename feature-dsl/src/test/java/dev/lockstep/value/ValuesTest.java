package dev.lockstep.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final List<ValueType> ALL = List.of(ValueType.values());

  private static Values row() {
    Values row = new Values(ALL);
    Object[] values = {
      true, 7L, 0.5, new BigDecimal("-0.25"), "text", Instant.parse("1969-12-31T23:59:59.999999Z")
    };
    for (int i = 0; i < values.length; i++) {
      assertTrue(row.set(i, values[i]));
      assertEquals(values[i], row.get(i));
    }
    return row;
  }

  @Test
  void aNewRowIsNull() {
    Values row = new Values(ALL);
    for (int i = 0; i < row.size(); i++) {
      assertTrue(row.isNull(i));
      assertNull(row.get(i));
    }
  }

  @Test
  void equalRows() {
    assertEquals(row(), row());
    assertEquals(row().hashCode(), row().hashCode());
    for (int i = 0; i < ALL.size(); i++) {
      Values other = row();
      other.setNull(i);
      assertNotEquals(row(), other);
      assertEquals(0, other.bits(i));
      other.copy(i, row(), i);
      assertEquals(row(), other);
      other.copy(i, new Values(ALL), i);
      assertTrue(other.isNull(i));
    }
  }

  /** A null is not a zero, though its bits are. */
  @Test
  void nullIsNotZero() {
    Values zero = new Values(List.of(ValueType.LONG));
    zero.setLong(0, 0);
    assertNotEquals(new Values(List.of(ValueType.LONG)), zero);
  }

  /** C6. */
  @Test
  void canonicalDoubles() {
    Values row = new Values(List.of(ValueType.DOUBLE));
    assertTrue(row.setDouble(0, -0.0));
    assertEquals(0L, row.bits(0));
    for (Object bad : new Object[] {Double.NaN, Double.NEGATIVE_INFINITY, Float.NaN}) {
      row.setDouble(0, 1);
      assertFalse(row.set(0, bad));
      assertTrue(row.isNull(0));
      assertEquals(0L, row.bits(0));
    }
  }

  @Test
  void narrowNumbersWiden() {
    Values row = new Values(List.of(ValueType.LONG, ValueType.DOUBLE));
    row.set(0, (byte) -3);
    row.set(1, 0.1f);
    assertEquals(-3L, row.get(0));
    assertEquals((double) 0.1f, row.get(1));
  }

  @Test
  void valueOfAnotherType() {
    Values row = new Values(List.of(ValueType.LONG));
    assertEquals(
        "a String where LONG is expected",
        assertThrows(IllegalArgumentException.class, () -> row.set(0, "7")).getMessage());
  }

  /** C6: exact, in one form, and never rounded. */
  @Test
  void decimals() {
    Values row = new Values(List.of(ValueType.DECIMAL));
    row.set(0, new BigDecimal("1E+3"));
    assertEquals(1_000_000_000L, row.bits(0));
    assertEquals("1000", String.valueOf(row.get(0)));
    row.set(0, new BigDecimal("12.50000000"));
    assertEquals("12.5", String.valueOf(row.get(0)));
    assertEquals(12.5, row.getNumber(0));
    assertThrows(ArithmeticException.class, () -> row.set(0, new BigDecimal("0.0000001")));
    assertEquals("[12.5]", row.toString(), "a refused value changes nothing");
  }

  /** C7: a null is missing for a model. */
  @Test
  void modelInputs() {
    Values row = row();
    assertEquals(1f, row.asModelInput(0));
    assertEquals(7f, row.asModelInput(1));
    assertEquals(0.5f, row.asModelInput(2));
    assertEquals(-0.25f, row.asModelInput(3));
    assertThrows(IllegalStateException.class, () -> row.asModelInput(4));
    assertEquals(-1e-6f, row.asModelInput(5));
    assertTrue(Float.isNaN(new Values(ALL).asModelInput(1)));
  }

  @Test
  void orderOfValues() {
    List<List<Object>> ascending =
        List.of(
            List.of(false, true),
            List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE),
            List.of(-Double.MAX_VALUE, -1.0, 0.0, Double.MIN_VALUE, 1e308),
            List.of(
                new BigDecimal("-9223372036854.775808"),
                new BigDecimal("-0.000001"),
                new BigDecimal("0.0"),
                new BigDecimal("9007199254.740992"),
                new BigDecimal("9007199254.740993")),
            List.of("", "\u0000", "A", "a", "a|", "ä", "漢", "\uFFFD", "\uD83D\uDE00"),
            List.of(Instant.EPOCH.minusSeconds(1), Instant.EPOCH));
    for (int type = 0; type < ALL.size(); type++) {
      Values before = new Values(List.of(ALL.get(type)));
      for (Object value : ascending.get(type)) {
        Values next = new Values(List.of(ALL.get(type)));
        next.set(0, value);
        assertTrue(ValueOrder.compare(before, next) < 0, () -> value.toString());
        assertTrue(ValueOrder.compare(next, before) > 0);
        assertEquals(0, ValueOrder.compare(next, next));
        before = next;
      }
    }
  }
}
