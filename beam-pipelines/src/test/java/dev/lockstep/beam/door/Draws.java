package dev.lockstep.beam.door;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Values drawn from a seed: mostly tame, at times at an edge or beyond it. */
final class Draws {
  private static final List<String> WORDS =
      List.of(
          "",
          "card",
          "Card 1",
          "ÄÖ ü",
          "名前",
          "\ud83d\udca9 ok",
          "a\"b\\c",
          "tab\tnew\nline",
          "NaN",
          "12");
  private static final List<byte[]> NO_UTF8 =
      List.of(
          new byte[] {(byte) 0xC3},
          new byte[] {'a', (byte) 0xFF, 'b'},
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0xBD},
          new byte[] {(byte) 0xC0, (byte) 0x80},
          new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80});

  private final Random random;

  Draws(Random random) {
    this.random = random;
  }

  Random random() {
    return random;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in n times. */
  boolean once(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** An integer that mostly fits some bits, sign included. */
  BigInteger integer(int bits) {
    return switch (below(12)) {
      case 0 -> BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE);
      case 1 -> BigInteger.ONE.shiftLeft(bits - 1).negate();
      case 2 -> new BigInteger(64, random).subtract(BigInteger.ONE.shiftLeft(63));
      case 3 -> BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(below(3)));
      default -> {
        BigInteger value = new BigInteger(1 + below(bits - 1), random);
        yield random.nextBoolean() ? value : value.negate();
      }
    };
  }

  double real() {
    return switch (below(14)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> -0.0;
      case 3 -> Double.MAX_VALUE;
      case 4 -> Double.MIN_VALUE;
      case 5 -> Math.nextUp((double) Float.MAX_VALUE);
      case 6 -> middleOfFloats();
      case 7 -> Math.nextUp(middleOfFloats());
      case 8, 9 -> below(1000);
      case 10 -> random.nextGaussian() * 1e6;
      default -> (below(2_000_001) - 1_000_000) / 100.0;
    };
  }

  /** A double with as many floats above as below it at its place. */
  double middleOfFloats() {
    float low = random.nextFloat();
    return (low + (double) Math.nextUp(low)) / 2;
  }

  /** A decimal of at most a scale that mostly fits millionths. */
  BigDecimal decimal(int scale) {
    BigInteger unscaled =
        switch (below(10)) {
          case 0 -> new BigInteger(70, random);
          case 1 -> BigInteger.valueOf(Long.MAX_VALUE);
          case 2 -> BigInteger.valueOf(below(100));
          default -> BigInteger.valueOf(below(1_000_000) - 500_000L);
        };
    int digits = Math.min(scale, below(10));
    return new BigDecimal(unscaled, digits).setScale(scale);
  }

  String text() {
    return of(WORDS) + (once(3) ? below(100) : "");
  }

  /** Text in UTF-8, and at times bytes that are none. */
  byte[] bytes() {
    return once(12) ? of(NO_UTF8) : text().getBytes(StandardCharsets.UTF_8);
  }

  /** Between 1990 and 2100 but for a year at each end, in nanoseconds below the second at times. */
  Instant instant() {
    long seconds = 662_688_000L + (long) (random.nextDouble() * 3_400_000_000L);
    int nanos = once(2) ? 0 : below(1_000_000_000);
    return Instant.ofEpochSecond(seconds, once(2) ? nanos / 1000 * 1000 : nanos);
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** Text that is a UUID, mostly. */
  String uuidText() {
    String text = uuid().toString();
    return switch (below(14)) {
      case 0 -> text.toUpperCase(Locale.ROOT);
      case 1 -> "1-2-3-4-5";
      case 2 -> text.replace("-", "");
      case 3 -> "{" + text + "}";
      default -> text;
    };
  }

  /** Text that is one of an enum's constants, mostly. */
  String constantText(Class<?> type) {
    return once(12)
        ? of(List.of("gold", "", "wood!", "GOLD ", "PLATINUM", "0"))
        : ((Enum<?>) of(List.of(type.getEnumConstants()))).name();
  }

  /** A day, at times long before or after all that are likely. */
  LocalDate day() {
    return LocalDate.ofEpochDay(once(20) ? below(2_000_000) - 1_000_000 : below(40_000) - 5_000);
  }

  /** Text that is a day, mostly. */
  String dayText() {
    return switch (below(16)) {
      case 0 -> instantText();
      case 1 -> of(List.of("2025-02-30", "2025-1-1", "20250101", "31.01.2025", "", "today"));
      case 2 ->
          of(List.of("+12025-01-01", "-0001-02-03", "-0000-01-01", "+999999-01-01", "0000-02-29"));
      default -> day().toString();
    };
  }

  /** Text of an instant, with or without a zone, and at times of none. */
  String instantText() {
    Instant instant = instant();
    String utc = instant.toString();
    String bare = utc.substring(0, utc.length() - 1);
    return switch (below(18)) {
      case 0 -> bare;
      case 1 -> bare.replace('T', ' ');
      case 2 -> bare + "+02:00";
      case 3 -> bare + "-05:30";
      case 4 -> bare.substring(0, 10);
      case 5 -> bare.substring(0, 16);
      case 6 -> "yesterday";
      case 7 -> "2025-02-30T00:00:00Z";
      case 8 -> "";
      case 10 ->
          bare
              + of(
                  List.of(
                      "+02", "-0530", "+02:00:30", "+18:30", "+01:00[Europe/Berlin]", "z", "UTC"));
      case 11 -> bare.toLowerCase(java.util.Locale.ROOT) + "z";
      case 12 ->
          of(
              List.of(
                  "2016-12-31T23:59:60Z",
                  "2025-01-01T24:00:00Z",
                  "2025-01-01T24:00",
                  "2025-01-01T7:00Z"));
      case 13 ->
          of(
              List.of(
                  "+12025-01-01",
                  "+2025-01-01",
                  "-0001-01-01T00:00Z",
                  "+999999-01-01T00:00:00Z",
                  "12025-01-01"));
      case 14 ->
          of(
              List.of(
                  "2025-03-30T02:30:00",
                  "2025-10-26T02:30",
                  "2025-03-09 02:30",
                  "2025-11-02 01:30"));
      case 15 ->
          of(
              List.of(
                  " " + utc,
                  utc + " ",
                  "2025-01-01T00:00:00.1234567890Z",
                  "2025-01-01T00:00:00.Z",
                  "2025-1-1",
                  "1735689600"));
      case 9 -> instant.truncatedTo(ChronoUnit.SECONDS).toString();
      default -> utc;
    };
  }
}
