package dev.lockstep.testing;

import dev.lockstep.value.TextHash;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/** What the sketches are (C8), from the set of values and without a sketch's bookkeeping. */
final class NaiveSketches {
  private static final int REGISTERS = 4096;
  private static final int MOST = 53;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /**
   * So many to 1: doubles are integers of them, and so are the bounds and middles of buckets. A
   * decimal needn't be, and lies between the same bounds as the integer below it.
   */
  private static final BigInteger GRAINS = BigInteger.TWO.pow(1074 + 20);

  private NaiveSketches() {}

  /**
   * The greatest double not above the middle of a number's bucket, in magnitude: powers of two cut
   * into equal parts, as few of them as let their halves be at most a relative error wide.
   */
  static double bucketMiddle(BigDecimal value, BigDecimal relativeError) {
    if (value.signum() == 0) {
      return 0.0;
    }
    BigDecimal parts = BigDecimal.ONE;
    while (parts.multiply(TWO).multiply(relativeError).compareTo(BigDecimal.ONE) < 0) {
      parts = parts.multiply(TWO);
    }
    BigInteger magnitude = value.abs().multiply(new BigDecimal(GRAINS)).toBigInteger();
    BigInteger power = BigInteger.TWO.pow(magnitude.bitLength() - 1);
    BigInteger width = power.divide(parts.toBigIntegerExact());
    BigInteger lower = magnitude.divide(width).multiply(width);
    BigInteger middle = lower.add(width.divide(BigInteger.TWO));
    double cut = NearestDouble.ofQuotient(new BigDecimal(middle), GRAINS);
    while (new BigDecimal(cut).multiply(new BigDecimal(GRAINS)).compareTo(new BigDecimal(middle))
        > 0) {
      cut = Math.nextDown(cut);
    }
    return value.signum() < 0 ? -cut : cut;
  }

  /**
   * The HyperLogLog estimate of 4096 registers: m^2 / (2 ln 2) over {@code m sigma(C0 / m) + sum of
   * Ck 2^-k + m tau(1 - C53 / m) 2^-52}.
   */
  static long distinct(List<Object> values) {
    int[] registers = new int[REGISTERS];
    for (Object value : new HashSet<>(values)) {
      String bits = bits(hash(value));
      int register = Integer.parseInt(bits.substring(0, 12), 2);
      int one = bits.indexOf('1', 12);
      registers[register] = Math.max(registers[register], one < 0 ? MOST : one - 12 + 1);
    }
    double empty = 0;
    double full = 0;
    double sum = 0;
    for (int value : registers) {
      empty += value == 0 ? 1 : 0;
      full += value == MOST ? 1 : 0;
      sum += value == 0 || value == MOST ? 0 : Math.scalb(1.0, -value);
    }
    if (empty == REGISTERS) {
      return 0;
    }
    double x = empty / REGISTERS;
    double sigma = x;
    for (int k = 1; k < 60; k++) {
      sigma += Math.pow(x, Math.scalb(1.0, k)) * Math.scalb(1.0, k - 1);
    }
    double y = 1 - full / REGISTERS;
    double tau = 1 - y;
    for (int k = 1; k < 60; k++) {
      tau -= Math.pow(1 - Math.pow(y, Math.scalb(1.0, -k)), 2) * Math.scalb(1.0, -k);
    }
    double z = REGISTERS * sigma + sum + REGISTERS * (tau / 3) * Math.scalb(1.0, -52);
    return Math.round(REGISTERS * (double) REGISTERS / (2 * Math.log(2)) / z);
  }

  /** SplitMix64's first output for a seed, which is the value's bits. */
  private static long hash(Object value) {
    long bits =
        value instanceof String text
            ? TextHash.of(text)
            : value instanceof BigDecimal decimal
                ? decimal.movePointRight(6).longValueExact()
                : value instanceof Double number
                    ? Double.doubleToLongBits(number)
                    : value instanceof Boolean yes
                        ? (yes ? 1 : 0)
                        : value instanceof Instant instant
                            ? instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000
                            : (Long) value;
    return new SplittableRandom(bits).nextLong();
  }

  private static String bits(long hash) {
    String digits = Long.toBinaryString(hash);
    return "0".repeat(Long.SIZE - digits.length()) + digits;
  }
}
