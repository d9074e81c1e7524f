package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.value.DoubleText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** C6, C14: a double's text is the shortest that reads back, and one on every JDK. */
class DoubleTextTest {
  private static final long SEED = 20_261_130L;

  /** The first of them are those that JDK 17 and 25 write differently. */
  @Test
  void pinned() {
    assertEquals("0.002", DoubleText.of(2.0E-3));
    assertEquals("2.2250738585072014E-308", DoubleText.of(Double.MIN_NORMAL));
    assertEquals("2.0E-323", DoubleText.of(2.0E-323));
    assertEquals("9.9E-324", DoubleText.of(9.9E-324));
    assertEquals("1.0E23", DoubleText.of(1.0E23));
    assertEquals("2.0E22", DoubleText.of(2.0E22));
    assertEquals("2.2E-322", DoubleText.of(2.2E-322));
    assertEquals("4.9E-324", DoubleText.of(Double.MIN_VALUE));
    assertEquals("1.7976931348623157E308", DoubleText.of(Double.MAX_VALUE));
    assertEquals("5.684341886080802E-14", DoubleText.of(0x1p-44));
    assertEquals("9.007199254740992E15", DoubleText.of(0x1p53));
    assertEquals("0.0", DoubleText.of(0.0));
    assertEquals("-0.0", DoubleText.of(-0.0));
    assertEquals("1.0", DoubleText.of(1.0));
    assertEquals("-120.0", DoubleText.of(-120));
    assertEquals("0.1", DoubleText.of(0.1));
    assertEquals("0.30000000000000004", DoubleText.of(0.1 + 0.2));
    assertEquals("0.001", DoubleText.of(0.001));
    assertEquals("9.99E-4", DoubleText.of(0.000999));
    assertEquals("9999999.5", DoubleText.of(9_999_999.5));
    assertEquals("1.0E7", DoubleText.of(1e7));
    assertEquals("1.2345678E7", DoubleText.of(12_345_678));
    assertEquals("NaN", DoubleText.of(Double.NaN));
    assertEquals("-Infinity", DoubleText.of(Double.NEGATIVE_INFINITY));
    assertEquals("1.1754944E-38", DoubleText.of(Float.MIN_NORMAL));
    assertEquals("3.4028235E38", DoubleText.of(Float.MAX_VALUE));
    assertEquals("0.1", DoubleText.of(0.1f));
    assertEquals("1.4E-45", DoubleText.of(Float.MIN_VALUE));
  }

  /** Against the oracle's, which tries every length; and against newer JDKs' own. */
  @Test
  void shortestAndNearest() {
    Random random = new Random(SEED);
    for (int i = 0; i < 10_000; i++) {
      double value = drawn(random, i);
      assertEquals(NaiveJson.number(value), DoubleText.of(value), () -> where(value));
    }
  }

  @Test
  void readsBack() {
    Random random = new Random(SEED + 1);
    boolean javaIsShortest = Runtime.version().feature() >= 19;
    for (int i = 0; i < 100_000; i++) {
      double value = drawn(random, i);
      String text = DoubleText.of(value);
      assertEquals(value, Double.parseDouble(text), () -> where(value));
      if (javaIsShortest) {
        assertEquals(Double.toString(value), text, () -> where(value));
      }
      float narrow = Float.intBitsToFloat(random.nextInt());
      String narrowText = DoubleText.of(narrow);
      assertEquals(narrow, Float.parseFloat(narrowText), () -> "seed " + SEED + ": " + narrow);
      if (javaIsShortest) {
        assertEquals(Float.toString(narrow), narrowText, () -> "seed " + SEED);
      }
    }
  }

  /** No decimal with a digit less is read back as the float; and none of as many is nearer. */
  @Test
  void floatsAreShortest() {
    Random random = new Random(SEED + 2);
    for (int i = 0; i < 5_000; i++) {
      float value = Math.abs(Float.intBitsToFloat(random.nextInt()));
      if (!Float.isFinite(value) || value == 0) {
        continue;
      }
      BigDecimal exact = new BigDecimal(value);
      BigDecimal text = new BigDecimal(DoubleText.of(value));
      int digits = Math.max(2, text.stripTrailingZeros().precision());
      for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
        String where = "seed " + SEED + ": " + value;
        BigDecimal other = exact.round(new MathContext(digits, mode));
        if (Float.parseFloat(other.toString()) == value) {
          int further = other.subtract(exact).abs().compareTo(text.subtract(exact).abs());
          assertEquals(true, further >= 0, where);
        }
        if (digits > 2) {
          BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
          assertEquals(false, Float.parseFloat(shorter.toString()) == value, where);
        }
      }
    }
  }

  /** All bits, short decimals, powers of two and their neighbours, sums of short ones. */
  private static double drawn(Random random, int i) {
    double value =
        switch (i % 5) {
          case 0 -> Double.longBitsToDouble(random.nextLong());
          case 1 -> random.nextInt(1_000_000) * Math.pow(10, random.nextInt(12) - 8);
          case 2 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
          case 3 -> Math.nextUp(Math.scalb(1.0, random.nextInt(2098) - 1074));
          default -> random.nextInt(100_000) / 100.0 + random.nextInt(100_000) / 1000.0;
        };
    return Double.isFinite(value) ? value : 1.5;
  }

  private static String where(double value) {
    return "seed " + SEED + ", bits " + Double.doubleToRawLongBits(value);
  }
}
