package dev.lockstep.testing;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that break careless arithmetic, careless ordering and careless escaping. */
final class NastyValues {
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    1e308,
    -1e308,
    1e-308,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    1,
    0.1,
    0.2,
    0.3,
    1.0 / 3,
    9007199254740993.0,
    1e16,
    -1e16,
    Math.PI
  };
  private static final long[] LONGS = {
    0, 1, -1, 2, 3, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53, (1L << 53) + 1, -(1L << 62), 1L << 62
  };
  private static final List<BigDecimal> DECIMALS =
      List.of(
          new BigDecimal("0"),
          new BigDecimal("0.000001"),
          new BigDecimal("-0.000001"),
          new BigDecimal("0.10"),
          new BigDecimal("0.100000000"),
          new BigDecimal("1E+12"),
          new BigDecimal("-1.5E+3"),
          new BigDecimal("9223372036854.775807"),
          new BigDecimal("-9223372036854.775808"),
          new BigDecimal("9007199254.740993"), // its millionths are no double
          new BigDecimal("-9007199254.740993"),
          new BigDecimal("2.5"),
          new BigDecimal("0.3"));
  // U+FFFD is before U+1F600 in UTF-8 and in code points, behind it in UTF-16.
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "a|",
          "|b",
          "b",
          "|",
          "\\",
          "\\|",
          "a\\",
          "null",
          "\uFFFD",
          "\uD83D\uDE00",
          "ä",
          "漢字",
          " a",
          "A",
          "\u0000",
          "a,b",
          "[]");
  private static final List<String> HOT_KEYS = List.of("hot", "a|", "a");

  private final SplittableRandom random;
  private double lastDouble;

  NastyValues(SplittableRandom random) {
    this.random = random;
  }

  /** A value for a component as {@link RecordSchema#newRecord} takes it; null where it may be. */
  @Nullable Object value(RecordSchema.Component component) {
    if (component.nullable() && random.nextInt(8) == 0) {
      return null;
    }
    return switch (component.type()) {
      case BOOLEAN -> random.nextBoolean();
      case LONG -> narrowed(component.javaType(), aLong());
      case DOUBLE -> aDouble();
      case DECIMAL -> aDecimal();
      case STRING ->
          component.isUuid() ? uuid() : component.isFreeText() ? text() : constant(component);
      case INSTANT ->
          component.isDate()
              ? day()
              : Micros.toInstant(random.nextLong(-5_000_000_000L, 5_000_000_000L));
    };
  }

  private String constant(RecordSchema.Component component) {
    return component.constants().get(random.nextInt(component.constants().size()));
  }

  private String uuid() {
    return new UUID(random.nextInt(3) == 0 ? random.nextLong() : 0, random.nextInt(3)).toString();
  }

  /** A day, as an instant of it; at times before all years of four digits, or behind. */
  private Instant day() {
    long day = random.nextInt(12) == 0 ? random.nextLong(-5_000_000, 5_000_000) : 19_700;
    return Micros.toInstant((day + random.nextInt(3)) * Micros.PER_DAY);
  }

  /** An entity's key: few are hot, many cold. */
  @Nullable Object key(RecordSchema.Component component) {
    if (component.nullable() && random.nextInt(25) == 0) {
      return null;
    }
    boolean hot = random.nextInt(4) != 0;
    return switch (component.type()) {
      case LONG ->
          narrowed(component.javaType(), hot ? random.nextInt(3) : aLong() + random.nextInt(40));
      case STRING ->
          !component.isFreeText()
              ? value(component)
              : hot
                  ? HOT_KEYS.get(random.nextInt(HOT_KEYS.size()))
                  : random.nextBoolean() ? text() : "cold-" + random.nextInt(60);
      default -> value(component);
    };
  }

  private long aLong() {
    return switch (random.nextInt(4)) {
      case 0 -> LONGS[random.nextInt(LONGS.length)];
      case 1 -> random.nextLong();
      default -> random.nextInt(-20, 20);
    };
  }

  private double aDouble() {
    double value =
        switch (random.nextInt(8)) {
          case 0, 1 -> DOUBLES[random.nextInt(DOUBLES.length)];
          case 2 -> Double.longBitsToDouble(random.nextLong());
          case 3 -> -lastDouble; // cancels the one before
          case 4 -> random.nextInt(-3, 4);
          default -> random.nextInt(100_000) / 100.0;
        };
    lastDouble = value;
    return value;
  }

  private BigDecimal aDecimal() {
    return switch (random.nextInt(4)) {
      case 0 -> DECIMALS.get(random.nextInt(DECIMALS.size()));
      case 1 -> BigDecimal.valueOf(random.nextLong(), 6);
      case 2 -> BigDecimal.valueOf(random.nextInt(-30, 30), random.nextInt(-1, 3));
      default -> BigDecimal.valueOf(random.nextInt(100_000), 2);
    };
  }

  String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /** A sequence number: few values, so that ties are frequent. */
  long sequence(RecordSchema.Component component) {
    return narrowed(
        component.javaType(),
        random.nextInt(12) == 0 ? LONGS[random.nextInt(LONGS.length)] : random.nextInt(4));
  }

  Instant instant(long micros) {
    return Micros.toInstant(micros);
  }

  private static long narrowed(Class<?> type, long value) {
    if (type == int.class || type == Integer.class) {
      return (int) value;
    }
    if (type == short.class || type == Short.class) {
      return (short) value;
    }
    return type == byte.class || type == Byte.class ? (byte) value : value;
  }
}
