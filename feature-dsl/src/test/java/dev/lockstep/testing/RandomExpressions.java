package dev.lockstep.testing;

import static dev.lockstep.define.Expressions.conditionFeature;
import static dev.lockstep.define.Expressions.distance;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.textFeature;
import static dev.lockstep.define.Expressions.timeFeature;
import static dev.lockstep.define.Expressions.when;

import dev.lockstep.define.Condition;
import dev.lockstep.define.Expression;
import dev.lockstep.define.NumberExpression;
import dev.lockstep.define.TextExpression;
import dev.lockstep.define.TimeExpression;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random expressions that are well typed, and random rows of nasty values for them to read. */
final class RandomExpressions {
  /** What they read: two columns of each type. */
  record Row(
      @Nullable Boolean flag,
      @Nullable Boolean other,
      @Nullable Long count,
      @Nullable Integer items,
      @Nullable Double amount,
      @Nullable Float rate,
      @Nullable BigDecimal price,
      @Nullable BigDecimal fee,
      @Nullable String country,
      @Nullable String note,
      Instant at,
      @Nullable Instant since) {}

  private static final List<Long> LONGS =
      List.of(0L, 1L, -1L, 7L, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, -(1L << 53) - 1);
  private static final List<Double> DOUBLES =
      List.of(
          0.0,
          -0.0,
          0.5,
          1.5,
          2.5,
          -0.5,
          -2.5,
          1e308,
          -1e308,
          0x1p63,
          -0x1p63,
          0x1p53,
          90.0,
          180.0,
          Double.MIN_VALUE,
          Double.NaN,
          Double.NEGATIVE_INFINITY);
  private static final List<BigDecimal> DECIMALS =
      List.of(
          BigDecimal.ZERO,
          new BigDecimal("0.5"),
          new BigDecimal("7"),
          new BigDecimal("-0.000001"),
          new BigDecimal("9007199254.740993"),
          new BigDecimal("9007199254.740992"),
          new BigDecimal("9223372036854.775807"),
          new BigDecimal("-9223372036854.775808"));
  private static final List<String> TEXTS =
      List.of(
          "",
          "US",
          "us",
          "DE",
          "Straße",
          "İstanbul",
          "ΟΔΟΣ",
          "😀a",
          "e\u0301",
          "\ud83d\ude00",
          "a\"b\\\n");
  private static final List<Instant> INSTANTS =
      List.of(
          Instant.EPOCH,
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          Instant.parse("2024-03-31T01:00:00Z"),
          Instant.parse("2024-11-03T06:30:00Z"),
          Instant.parse("0001-01-01T00:00:00Z"),
          Instant.parse("9999-12-31T23:59:59.999999Z"),
          Micros.toInstant(Long.MAX_VALUE),
          Micros.toInstant(Long.MIN_VALUE));
  private static final List<String> ZONES =
      List.of("UTC", "America/New_York", "Asia/Kolkata", "Europe/Berlin", "Pacific/Apia", "+05:45");

  private final SplittableRandom random;

  RandomExpressions(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Row row() {
    Float rate = sometimesNull(Float.valueOf((float) number()));
    return new Row(
        sometimesNull(random.nextBoolean()),
        sometimesNull(random.nextBoolean()),
        sometimesNull(integer()),
        sometimesNull(random.nextInt(-200, 200)),
        sometimesNull(number()),
        rate,
        sometimesNull(decimal()),
        sometimesNull(decimal()),
        sometimesNull(of(TEXTS)),
        sometimesNull(of(TEXTS)),
        instant(),
        sometimesNull(instant()));
  }

  private <T> @Nullable T sometimesNull(T value) {
    return random.nextInt(6) == 0 ? null : value;
  }

  private <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private long integer() {
    return switch (random.nextInt(3)) {
      case 0 -> of(LONGS);
      case 1 -> random.nextLong(-300, 300);
      default -> random.nextLong();
    };
  }

  private double number() {
    return switch (random.nextInt(4)) {
      case 0 -> of(DOUBLES);
      case 1 -> random.nextDouble(-200, 200);
      case 2 -> random.nextInt(-100, 100) / 2.0;
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  private BigDecimal decimal() {
    return switch (random.nextInt(3)) {
      case 0 -> of(DECIMALS);
      case 1 -> BigDecimal.valueOf(random.nextInt(-400, 400), 2);
      default -> BigDecimal.valueOf(random.nextLong(), 6);
    };
  }

  private double finite() {
    double number = number();
    return Double.isFinite(number) ? number : 1;
  }

  private Instant instant() {
    return random.nextBoolean()
        ? of(INSTANTS)
        : Instant.ofEpochSecond(random.nextLong(-4_000_000_000L, 8_000_000_000L), 123_456_000);
  }

  /** An expression that gives values of a type. */
  Expression expression(ValueType type, int depth) {
    return switch (type) {
      case BOOLEAN -> condition(depth);
      case LONG, DOUBLE, DECIMAL -> number(type, depth);
      case STRING -> text(depth);
      case INSTANT -> time(depth);
    };
  }

  private boolean ends(int depth) {
    return depth == 0 || random.nextInt(8) == 0;
  }

  /** A number of one of the three types. */
  NumberExpression number(ValueType type, int depth) {
    if (ends(depth)) {
      return numberLeaf(type);
    }
    int below = depth - 1;
    return switch (random.nextInt(8)) {
      case 0 -> when(condition(below)).then(number(type, below)).otherwise(number(type, below));
      case 1 -> number(type, below).orElse(number(type, below));
      default ->
          switch (type) {
            case LONG -> integer(below);
            case DECIMAL -> exact(below);
            default -> real(below);
          };
    };
  }

  private NumberExpression numberLeaf(ValueType type) {
    int kind = random.nextInt(4);
    return switch (type) {
      case LONG ->
          kind == 0 ? literal(integer()) : kind == 1 ? feature("f_items") : request(Row::count);
      case DECIMAL ->
          switch (kind) {
            case 0 -> feature("f_price");
            case 1 -> literal(decimal());
            case 2 -> request(Row::price);
            default -> request(Row::fee);
          };
      default ->
          kind == 0 ? literal(number()) : kind == 1 ? feature("f_amount") : request(Row::rate);
    };
  }

  private NumberExpression number(int depth) {
    return number(
        switch (random.nextInt(5)) {
          case 0, 1 -> ValueType.LONG;
          case 2 -> ValueType.DECIMAL;
          default -> ValueType.DOUBLE;
        },
        depth);
  }

  TextExpression text(int depth) {
    if (ends(depth)) {
      int kind = random.nextInt(4);
      return kind == 0
          ? literal(of(TEXTS))
          : kind == 1 ? textFeature("f_country") : request(Row::note);
    }
    int below = depth - 1;
    return switch (random.nextInt(4)) {
      case 0 -> when(condition(below)).then(text(below)).otherwise(of(TEXTS));
      case 1 -> text(below).orElse(text(below));
      default -> text(below).lower();
    };
  }

  TimeExpression time(int depth) {
    if (ends(depth)) {
      int kind = random.nextInt(8);
      return kind == 0
          ? literal(instant())
          : kind == 1 ? timeFeature("f_since") : kind < 4 ? request(Row::since) : request(Row::at);
    }
    int below = depth - 1;
    return switch (random.nextInt(8)) {
      case 0 -> when(condition(below)).then(time(below)).otherwise(time(below));
      case 1 -> time(below).orElse(time(below));
      case 2 -> time(below).min(time(below));
      case 3 -> time(below).max(instant());
      case 4, 5 -> time(below).plus(duration());
      default -> time(below).minus(duration());
    };
  }

  private Duration duration() {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ofDays(random.nextInt(-400, 400));
      case 1 -> Duration.ofNanos(1_000L * random.nextInt(-5, 5));
      case 2 -> Duration.ofSeconds(random.nextLong(-9_000_000_000_000L, 9_000_000_000_000L));
      default -> Duration.ofMillis(random.nextLong(-100_000_000, 100_000_000));
    };
  }

  Condition condition(int depth) {
    if (ends(depth)) {
      int kind = random.nextInt(4);
      return kind == 0
          ? literal(random.nextBoolean())
          : kind == 1 ? conditionFeature("f_flag") : request(Row::other);
    }
    int below = depth - 1;
    return switch (random.nextInt(10)) {
      case 0 -> when(condition(below)).then(condition(below)).otherwise(condition(below));
      case 1 -> condition(below).orElse(condition(below));
      case 2, 3 -> logic(below);
      default -> comparison(below);
    };
  }

  private Condition logic(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> condition(depth).not();
      case 1 -> condition(depth).equalTo(condition(depth));
      case 2 -> condition(depth).notEqualTo(random.nextBoolean());
      case 3 -> condition(depth).and(condition(depth));
      default -> condition(depth).or(condition(depth));
    };
  }

  private Condition comparison(int depth) {
    return switch (random.nextInt(18)) {
      case 0 -> number(depth).lessThan(number(depth));
      case 1 -> number(depth).atMost(bare());
      case 2 -> number(depth).greaterThan(number(depth));
      case 3 -> time(depth).atLeast(time(0));
      case 4 -> number(depth).equalTo(number(depth));
      case 5 -> text(depth).notEqualTo("us");
      case 6 -> expression(of(List.of(ValueType.values())), depth).isNull();
      case 7 -> text(depth).isIn("us", "DE", "straße");
      case 8 -> number(depth).isIn(integer(), 0, 7, of(LONGS), 1L << 53);
      case 9 -> number(depth).isIn(finite(), 0, 1.5, of(List.of(0x1p53, 0x1p63)));
      case 10 -> number(depth).isIn(decimal(), decimal(), new BigDecimal("7.00"));
      case 11 -> condition(depth).and(condition(depth));
      case 12 -> condition(depth).or(condition(depth));
      case 13 -> number(depth).notEqualTo(bare());
      case 14 -> exact(depth).lessThan(exact(depth));
      case 15 -> exact(depth).equalTo(decimal());
      case 16 -> time(depth).equalTo(instant());
      default -> time(depth).isWeekend(zone());
    };
  }

  /** A bare number, whole, with a point, or a decimal. */
  private Number bare() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(-3, 9);
      case 1 -> integer();
      case 2 -> decimal();
      default -> finite();
    };
  }

  private NumberExpression exact(int depth) {
    NumberExpression x = number(ValueType.DECIMAL, depth);
    return switch (random.nextInt(4)) {
      case 0 -> x.min(number(ValueType.DECIMAL, depth));
      case 1 -> x.max(decimal());
      case 2 -> x.clip(new BigDecimal("-3.50"), new BigDecimal("9007199254.740992"));
      default -> x.orElse(decimal());
    };
  }

  private NumberExpression integer(int depth) {
    NumberExpression x = number(ValueType.LONG, depth);
    return switch (random.nextInt(18)) {
      case 0 -> x.plus(number(ValueType.LONG, depth));
      case 1 -> x.minus(random.nextInt(9));
      case 2 -> x.times(number(ValueType.LONG, depth));
      case 3 -> x.remainder(number(ValueType.LONG, depth));
      case 4 -> x.min(integer());
      case 5 -> x.max(number(ValueType.LONG, depth));
      case 6 -> x.negate();
      case 7 -> x.abs();
      case 8 -> x.clip(Math.min(-3, integer()), Math.max(5, integer()));
      case 9 -> number(depth).floor();
      case 10 -> number(depth).round();
      case 11 -> number(depth).bucketise(-1e300, -0.5, 0, 0.5, 7, 0x1p53, 0x1p63);
      case 12 -> text(depth).length();
      case 13 -> text(depth).hash(random.nextLong(1, 1L << 40));
      case 14 -> x.hash(Long.MAX_VALUE - random.nextInt(5));
      case 15 -> condition(depth).asInteger();
      case 16 -> number(depth).bucketise(-5, 0, 7, (1L << 53) + 1, Long.MAX_VALUE);
      default -> calendar(time(depth), depth);
    };
  }

  private NumberExpression calendar(TimeExpression at, int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> at.hourOfDay(zone());
      case 1 -> at.dayOfWeek(zone());
      case 2 -> at.dayOfMonth(zone());
      case 3 -> at.month(zone());
      default -> at.daysSince(time(depth), zone());
    };
  }

  private NumberExpression real(int depth) {
    NumberExpression x = number(ValueType.DOUBLE, depth);
    NumberExpression decimal = number(ValueType.DECIMAL, depth);
    return switch (random.nextInt(24)) {
      case 0 -> x.plus(number(depth));
      case 1 -> number(depth).minus(x);
      case 2 -> x.times(bare());
      case 3 -> number(depth).dividedBy(number(depth));
      case 4 -> number(depth).remainder(x);
      case 5 -> number(depth).pow(number(depth));
      case 6 -> x.min(number(depth));
      case 7 -> number(depth).max(x);
      case 8 -> x.negate();
      case 9 -> x.abs();
      case 10 -> number(depth).sqrt();
      case 11 -> number(depth).exp();
      case 12 -> number(depth).log();
      case 13 -> number(depth).log1p();
      case 14 -> number(depth).clip(-random.nextDouble() * 50, random.nextInt(50));
      case 15 -> distance(degrees(depth), degrees(depth), degrees(0), degrees(0));
      case 16 -> x.zScore("f_amount", "f_items").plus(x.ratioTo("f_items"));
      case 17 -> decimal.plus(number(ValueType.DECIMAL, depth));
      case 18 -> decimal.abs();
      case 19 -> decimal.negate();
      case 20 -> decimal.clip(-3.0, 100.5).plus(decimal.clip(-3, 7));
      case 21 -> time(depth).secondsSince(time(depth));
      case 22 -> time(depth).daysUntil(time(depth));
      default -> circle(time(depth));
    };
  }

  /** Mostly a place on earth, and sometimes beyond its edges. */
  private NumberExpression degrees(int depth) {
    return depth > 0 && random.nextInt(4) == 0
        ? number(depth)
        : literal(random.nextDouble(-100, 100));
  }

  private NumberExpression circle(TimeExpression at) {
    return switch (random.nextInt(4)) {
      case 0 -> at.timeOfDaySine(zone());
      case 1 -> at.timeOfDayCosine(zone());
      case 2 -> at.timeOfWeekSine(zone());
      default -> at.timeOfWeekCosine(zone());
    };
  }

  private ZoneId zone() {
    return ZoneId.of(of(ZONES));
  }
}
