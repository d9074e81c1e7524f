package dev.lockstep.value;

import java.math.BigInteger;

/**
 * Doubles and floats as text, the same on every JDK: the shortest decimal that is read back as the
 * number, of two or more digits; of several the nearest, of two as near the one whose last digit is
 * even.
 *
 * <p>It is laid out as {@link Double#toString} does it: {@code 120.0} from 0.001 to below ten
 * million, {@code 1.2E10} elsewhere. From Java 19 on, that method gives this text; before, some of
 * its texts are longer than they need be.
 *
 * <p>The algorithm is that of Raffaello Giulietti, "The Schubfach way to render doubles", 2020; the
 * names are the paper's.
 */
public final class DoubleText {
  private static final int DOUBLE_FRACTION_BITS = 52;
  private static final int DOUBLE_LEAST_Q = -1074;
  private static final int FLOAT_FRACTION_BITS = 23;
  private static final int FLOAT_LEAST_Q = -149;

  /** Significands of the least exponent below these are too small for two digits of theirs. */
  private static final long DOUBLE_TINY = 3;

  private static final long FLOAT_TINY = 8;

  private static final int K_LEAST = -324;
  private static final int K_MOST = 292;
  private static final int POWER_BITS = 126;
  private static final long LOW_63 = Long.MAX_VALUE;

  /** 10^-k as 126 bits, rounded up, for each k from {@link #K_LEAST}: the higher 63 of them. */
  private static final long[] HIGH = new long[K_MOST - K_LEAST + 1];

  /** The lower 63. */
  private static final long[] LOW = new long[K_MOST - K_LEAST + 1];

  static {
    BigInteger low = BigInteger.valueOf(LOW_63);
    for (int k = K_LEAST; k <= K_MOST; k++) {
      int shift = POWER_BITS - 1 - floorLog2OfPowerOf10(-k);
      BigInteger power = BigInteger.TEN.pow(Math.abs(k));
      BigInteger scaled =
          k <= 0
              ? (shift >= 0 ? power.shiftLeft(shift) : power.shiftRight(-shift))
              : BigInteger.ONE.shiftLeft(shift).divide(power);
      BigInteger g = scaled.add(BigInteger.ONE);
      HIGH[k - K_LEAST] = g.shiftRight(Long.SIZE - 1).longValueExact();
      LOW[k - K_LEAST] = g.and(low).longValueExact();
    }
  }

  private DoubleText() {}

  /** The text of a double; {@code NaN} and {@code Infinity} as Java has them. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  /** The text of a float: the shortest that is read back as the same float. */
  public static String of(float value) {
    if (!Float.isFinite(value)) {
      return Float.toString(value);
    }
    StringBuilder text = new StringBuilder();
    int bits = Float.floatToRawIntBits(value);
    sign(text, bits < 0);
    int exponent = (bits >>> FLOAT_FRACTION_BITS) & 0xff;
    long fraction = bits & ((1L << FLOAT_FRACTION_BITS) - 1);
    if (exponent != 0) {
      long c = fraction | 1L << FLOAT_FRACTION_BITS;
      int q = FLOAT_LEAST_Q - 1 + exponent;
      decimal(text, q, c, fraction != 0 || exponent == 1, 0);
    } else if (fraction < FLOAT_TINY) {
      decimal(text, FLOAT_LEAST_Q, 10 * fraction, true, -1);
    } else {
      decimal(text, FLOAT_LEAST_Q, fraction, true, 0);
    }
    return text.toString();
  }

  /** Appends the text of a finite double. */
  static void append(StringBuilder text, double value) {
    long bits = Double.doubleToRawLongBits(value);
    sign(text, bits < 0);
    int exponent = (int) (bits >>> DOUBLE_FRACTION_BITS) & 0x7ff;
    long fraction = bits & ((1L << DOUBLE_FRACTION_BITS) - 1);
    if (exponent != 0) {
      long c = fraction | 1L << DOUBLE_FRACTION_BITS;
      int q = DOUBLE_LEAST_Q - 1 + exponent;
      decimal(text, q, c, fraction != 0 || exponent == 1, 0);
    } else if (fraction < DOUBLE_TINY) {
      decimal(text, DOUBLE_LEAST_Q, 10 * fraction, true, -1);
    } else {
      decimal(text, DOUBLE_LEAST_Q, fraction, true, 0);
    }
  }

  private static void sign(StringBuilder text, boolean negative) {
    if (negative) {
      text.append('-');
    }
  }

  /**
   * Appends the number c * 2^q * 10^dk.
   *
   * @param even whether the next lower number is as far away as the next higher
   */
  private static void decimal(StringBuilder text, int q, long c, boolean even, int dk) {
    if (c == 0) {
      text.append("0.0");
      return;
    }
    if (q <= 0 && -q < Long.SIZE - 1 && (c & ((1L << -q) - 1)) == 0) {
      layOut(text, c >> -q, dk); // an integer, which no shorter decimal is as near to
      return;
    }
    int odd = (int) c & 1; // the ends of the interval are read back as it only where c is even
    long middle = c << 2;
    int k = even ? floorLog10OfPowerOf2(q) : floorLog10OfThreeQuartersOfPowerOf2(q);
    int h = q + floorLog2OfPowerOf10(-k) + 2;
    long vb = scaled(k, middle << h);
    long vbl = scaled(k, (even ? middle - 2 : middle - 1) << h);
    long vbr = scaled(k, (middle + 2) << h);
    long s = vb >> 2;
    if (s >= 100) { // one of two digits fewer, if the interval holds it
      long below = s / 10 * 10;
      long above = below + 10;
      boolean belowIn = vbl + odd <= below << 2;
      boolean aboveIn = (above << 2) + odd <= vbr;
      if (belowIn != aboveIn) {
        layOut(text, belowIn ? below : above, k + dk);
        return;
      }
    }
    long t = s + 1;
    boolean sIn = vbl + odd <= s << 2;
    boolean tIn = (t << 2) + odd <= vbr;
    if (sIn != tIn) {
      layOut(text, sIn ? s : t, k + dk);
      return;
    }
    long nearer = vb - ((s + t) << 1);
    layOut(text, nearer < 0 || (nearer == 0 && (s & 1) == 0) ? s : t, k + dk);
  }

  /** The product with 10^-k, cut, its last bit set where something was cut off. */
  private static long scaled(int k, long cp) {
    long high = HIGH[k - K_LEAST];
    long x1 = Math.multiplyHigh(LOW[k - K_LEAST], cp);
    long y0 = high * cp;
    long y1 = Math.multiplyHigh(high, cp);
    long z = (y0 >>> 1) + x1;
    long w = y1 + (z >>> 63);
    return w | (((z & LOW_63) + LOW_63) >>> 63);
  }

  /** floor(log10(2^e)). */
  private static int floorLog10OfPowerOf2(int e) {
    return (int) ((e * 661_971_961_083L) >> 41);
  }

  /** floor(log10(3/4 * 2^e)). */
  private static int floorLog10OfThreeQuartersOfPowerOf2(int e) {
    return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  /** floor(log2(10^e)). */
  private static int floorLog2OfPowerOf10(int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }

  /** Appends f * 10^e, f above 0. */
  private static void layOut(StringBuilder text, long f, int e) {
    String digits = Long.toString(f);
    int point = digits.length() + e; // so many digits before the point
    int length = digits.length();
    while (length > 1 && digits.charAt(length - 1) == '0') {
      length--;
    }
    if (point > 7 || point < -2) {
      text.append(digits.charAt(0)).append('.');
      text.append(length == 1 ? "0" : digits.substring(1, length));
      text.append('E').append(point - 1);
    } else if (point <= 0) {
      text.append("0.").append("0".repeat(-point)).append(digits, 0, length);
    } else if (length <= point) {
      text.append(digits, 0, length).append("0".repeat(point - length)).append(".0");
    } else {
      text.append(digits, 0, point).append('.').append(digits, point, length);
    }
  }
}
