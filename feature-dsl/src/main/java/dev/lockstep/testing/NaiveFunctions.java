package dev.lockstep.testing;

import dev.lockstep.expression.Node;
import dev.lockstep.expression.UnaryOperator;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the functions of expressions are, over boxed values of which none is null (C6, C7). */
final class NaiveFunctions {
  private static final BigInteger FNV_OFFSET = new BigInteger("14695981039346656037");
  private static final BigInteger FNV_PRIME = new BigInteger("1099511628211");
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  private NaiveFunctions() {}

  static @Nullable Object unary(UnaryOperator operator, Object x) {
    return switch (operator) {
      case NEGATE -> x instanceof Long ? integer(exact(x).negate()) : (Object) (0 - (Double) x);
      case ABS ->
          x instanceof Long ? integer(exact(x).abs()) : (Object) exact(x).abs().doubleValue();
      case FLOOR -> integer(exact(x).setScale(0, RoundingMode.FLOOR));
      case ROUND -> integer(exact(x).setScale(0, RoundingMode.HALF_EVEN));
      case SQRT -> StrictMath.sqrt(real(x));
      case EXP -> StrictMath.exp(real(x));
      case LOG -> StrictMath.log(real(x));
      case LOG1P -> StrictMath.log1p(real(x));
      case NOT -> x.equals(false);
      case AS_INTEGER -> x.equals(true) ? 1L : 0L;
      case LOWER -> ((String) x).toLowerCase(Locale.ROOT);
      case LENGTH -> ((String) x).codePoints().count();
      case IS_NULL -> throw new IllegalStateException("the only one that takes null");
    };
  }

  static @Nullable Object call(Node.Call call, ValueType type, List<Object> in) {
    Object x = in.get(0);
    List<Object> given =
        call.parameters().stream()
            .map(Node.Literal::value)
            .map(g -> g instanceof BigDecimal d && !(x instanceof BigDecimal) ? real(d) : g)
            .toList();
    return switch (call.operator()) {
      case IS_IN -> given.stream().anyMatch(g -> NaiveExpressions.compare(x, g) == 0);
      case CLIP -> {
        boolean below = NaiveExpressions.compare(x, given.get(0)) < 0;
        boolean above = NaiveExpressions.compare(x, given.get(1)) > 0;
        yield NaiveExpressions.widened(below ? given.get(0) : above ? given.get(1) : x, type);
      }
      case BUCKETISE -> given.stream().filter(g -> NaiveExpressions.compare(g, x) <= 0).count();
      case HASH -> fnv1a(x.toString()).mod(exact(given.get(0)).toBigInteger()).longValueExact();
      case DISTANCE -> metres(real(x), real(in.get(1)), real(in.get(2)), real(in.get(3)));
    };
  }

  /** By what the local clock shows since midnight, and since Monday. */
  static Object localTime(Node.LocalTime time, Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, time.zone());
    LocalDateTime midnight = local.truncatedTo(ChronoUnit.DAYS);
    LocalDateTime monday = midnight.minusDays(local.getDayOfWeek().ordinal());
    double day = 2 * Math.PI * fraction(ChronoUnit.MICROS.between(midnight, local), 1);
    double week = 2 * Math.PI * fraction(ChronoUnit.MICROS.between(monday, local), 7);
    return switch (time.part()) {
      case HOUR_OF_DAY -> ChronoUnit.HOURS.between(midnight, local);
      case DAY_OF_WEEK -> 1 + ChronoUnit.DAYS.between(monday, midnight);
      case DAY_OF_MONTH -> (long) local.getDayOfMonth();
      case MONTH -> (long) local.getMonth().ordinal() + 1;
      case WEEKEND -> ChronoUnit.DAYS.between(monday, midnight) >= 5;
      case TIME_OF_DAY_SINE -> StrictMath.sin(day);
      case TIME_OF_DAY_COSINE -> StrictMath.cos(day);
      case TIME_OF_WEEK_SINE -> StrictMath.sin(week);
      case TIME_OF_WEEK_COSINE -> StrictMath.cos(week);
    };
  }

  /** By what the local calendar shows. */
  static Object calendarDays(Node.CalendarDays days, Instant later, Instant earlier) {
    return ChronoUnit.DAYS.between(
        earlier.atZone(days.zone()).toLocalDate(), later.atZone(days.zone()).toLocalDate());
  }

  /** The time from one instant to another in a unit of so many seconds, rounded once. */
  static Object elapsed(Instant later, Instant earlier, String unitSeconds) {
    return NearestDouble.ofQuotient(
        new BigDecimal(micros(later).subtract(micros(earlier))),
        new BigInteger(unitSeconds).multiply(MILLION));
  }

  /** The instant moved; null beyond 64-bit microseconds. */
  static @Nullable Object moved(Instant instant, Duration by) {
    BigInteger seconds = BigInteger.valueOf(by.getSeconds()).multiply(MILLION);
    BigInteger moved = micros(instant).add(seconds).add(BigInteger.valueOf(by.getNano() / 1_000));
    return moved.bitLength() < Long.SIZE ? (Object) Micros.toInstant(moved.longValue()) : null;
  }

  private static BigInteger micros(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond())
        .multiply(MILLION)
        .add(BigInteger.valueOf(instant.getNano() / 1_000));
  }

  /** The double nearest to the fraction; 60 digits are more than tell it from a tie. */
  private static double fraction(long micros, int days) {
    BigDecimal whole = new BigDecimal("86400000000").multiply(BigDecimal.valueOf(days));
    return BigDecimal.valueOf(micros).divide(whole, new MathContext(60)).doubleValue();
  }

  private static BigInteger fnv1a(String text) {
    BigInteger hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = hash.xor(BigInteger.valueOf(Byte.toUnsignedInt(b))).multiply(FNV_PRIME).mod(TWO_TO_64);
    }
    return hash;
  }

  /** The haversine formula over the earth's mean radius; null for what is no place on earth. */
  static @Nullable Double metres(double lat1, double lon1, double lat2, double lon2) {
    if (lat1 < -90 || lat1 > 90 || lat2 < -90 || lat2 > 90) {
      return null;
    }
    if (lon1 < -180 || lon1 > 180 || lon2 < -180 || lon2 > 180) {
      return null;
    }
    double radian = Math.PI / 180;
    double sin1 = StrictMath.sin((lat2 - lat1) * radian / 2);
    double sin2 = StrictMath.sin((lon2 - lon1) * radian / 2);
    double cosines = StrictMath.cos(lat1 * radian) * StrictMath.cos(lat2 * radian);
    double h = sin1 * sin1 + cosines * (sin2 * sin2);
    return 2 * 6371008.8 * StrictMath.asin(StrictMath.sqrt(h > 1 ? 1 : h));
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Long integer
        ? BigDecimal.valueOf(integer)
        : new BigDecimal((Double) number);
  }

  private static double real(Object number) {
    return number instanceof BigDecimal decimal
        ? NearestDouble.of(decimal)
        : ((Number) number).doubleValue();
  }

  private static @Nullable Object integer(BigDecimal whole) {
    return NaiveExpressions.fitting(whole.toBigIntegerExact());
  }
}
