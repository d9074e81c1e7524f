package dev.lockstep.testing;

import static dev.lockstep.define.Expressions.distance;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.when;

import dev.lockstep.define.Expression;
import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
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
          Instant.parse("9999-12-31T23:59:59.999999Z"));
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
    if (depth == 0 || random.nextInt(8) == 0) {
      return leaf(type);
    }
    int below = depth - 1;
    return switch (random.nextInt(8)) {
      case 0 ->
          when(expression(ValueType.BOOLEAN, below))
              .then(expression(type, below))
              .otherwise(expression(type, below));
      case 1 -> expression(type, below).orElse(expression(type, below));
      default ->
          switch (type) {
            case BOOLEAN -> condition(below);
            case LONG -> integer(below);
            case DOUBLE -> real(below);
            case DECIMAL -> leaf(ValueType.DECIMAL).min(expression(ValueType.DECIMAL, below));
            case STRING -> expression(ValueType.STRING, below).lower();
            case INSTANT -> leaf(ValueType.INSTANT).max(expression(ValueType.INSTANT, below));
          };
    };
  }

  private Expression leaf(ValueType type) {
    int kind = random.nextInt(4);
    return switch (type) {
      case BOOLEAN ->
          kind == 0 ? literal(true) : kind == 1 ? feature("f_flag") : request(Row::other);
      case LONG ->
          switch (kind) {
            case 0 -> literal(integer());
            case 1 -> feature("f_items");
            default -> request(Row::count);
          };
      case DOUBLE ->
          switch (kind) {
            case 0 -> literal(number());
            case 1 -> feature("f_amount");
            default -> request(Row::rate);
          };
      case DECIMAL ->
          kind == 0 ? feature("f_price") : kind == 1 ? request(Row::price) : request(Row::fee);
      case STRING ->
          kind == 0 ? literal(of(TEXTS)) : kind == 1 ? feature("f_country") : request(Row::note);
      case INSTANT -> kind < 2 ? request(Row::since) : request(Row::at);
    };
  }

  private Expression number(int depth) {
    return expression(
        switch (random.nextInt(5)) {
          case 0, 1 -> ValueType.LONG;
          case 2 -> ValueType.DECIMAL;
          default -> ValueType.DOUBLE;
        },
        depth);
  }

  private Expression decimal(int depth) {
    return expression(ValueType.DECIMAL, depth);
  }

  private Expression condition(int depth) {
    return switch (random.nextInt(16)) {
      case 0 -> number(depth).lessThan(number(depth));
      case 1 -> number(depth).atMost(finite());
      case 2 -> number(depth).greaterThan(number(depth));
      case 3 -> expression(ValueType.INSTANT, depth).atLeast(leaf(ValueType.INSTANT));
      case 4 -> number(depth).equalTo(number(depth));
      case 5 -> expression(ValueType.STRING, depth).notEqualTo("us");
      case 6 -> expression(of(List.of(ValueType.values())), depth).isNull();
      case 7 -> expression(ValueType.STRING, depth).isIn("us", "DE", "straße");
      case 8 -> number(depth).isIn(integer(), 0, 7, of(LONGS), 1L << 53);
      case 9 -> number(depth).isIn(finite(), 0.0, 1.5, of(List.of(0x1p53, 0x1p63)));
      case 10 -> expression(ValueType.BOOLEAN, depth).and(expression(ValueType.BOOLEAN, depth));
      case 11 -> expression(ValueType.BOOLEAN, depth).or(expression(ValueType.BOOLEAN, depth));
      case 12 -> number(depth).notEqualTo(integer());
      case 13 -> decimal(depth).lessThan(decimal(depth));
      case 14 -> decimal(depth).equalTo(decimal(depth));
      default -> expression(ValueType.BOOLEAN, depth).not();
    };
  }

  private Expression integer(int depth) {
    Expression x = expression(ValueType.LONG, depth);
    return switch (random.nextInt(17)) {
      case 0 -> x.plus(expression(ValueType.LONG, depth));
      case 1 -> x.minus(expression(ValueType.LONG, depth));
      case 2 -> x.times(expression(ValueType.LONG, depth));
      case 3 -> x.remainder(expression(ValueType.LONG, depth));
      case 4 -> x.min(expression(ValueType.LONG, depth));
      case 5 -> x.max(expression(ValueType.LONG, depth));
      case 6 -> x.negate();
      case 7 -> x.abs();
      case 8 -> x.clip(Math.min(-3, integer()), Math.max(5, integer()));
      case 9 -> number(depth).floor();
      case 10 -> number(depth).round();
      case 11 -> number(depth).bucketise(-1e300, -0.5, 0, 0.5, 7, 0x1p53, 0x1p63);
      case 12 -> expression(ValueType.STRING, depth).length();
      case 13 -> expression(ValueType.STRING, depth).hash(random.nextLong(1, 1L << 40));
      case 14 -> x.hash(Long.MAX_VALUE - random.nextInt(5));
      case 15 -> expression(ValueType.BOOLEAN, depth).asInteger();
      default -> {
        Expression at = expression(ValueType.INSTANT, depth);
        yield random.nextBoolean() ? at.hourOfDay(zone()) : at.dayOfWeek(zone());
      }
    };
  }

  private Expression real(int depth) {
    Expression x = expression(ValueType.DOUBLE, depth);
    return switch (random.nextInt(22)) {
      case 0 -> x.plus(number(depth));
      case 1 -> number(depth).minus(x);
      case 2 -> x.times(number(depth));
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
      case 14 -> number(depth).clip(-random.nextDouble() * 50, random.nextDouble() * 50);
      case 15 -> distance(degrees(depth), degrees(depth), degrees(0), degrees(0));
      case 17 -> decimal(depth).plus(decimal(depth));
      case 18 -> decimal(depth).abs();
      case 19 -> decimal(depth).negate();
      case 20 -> decimal(depth).clip(-3.0, 100.5).plus(decimal(depth).clip(-3, 7));
      case 16 -> x.zScore("f_amount", "f_items").plus(x.ratioTo("f_items"));
      default -> time(expression(ValueType.INSTANT, depth));
    };
  }

  /** Mostly a place on earth, and sometimes beyond its edges. */
  private Expression degrees(int depth) {
    return depth > 0 && random.nextInt(4) == 0
        ? number(depth)
        : literal(random.nextDouble(-100, 100));
  }

  private Expression time(Expression at) {
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
