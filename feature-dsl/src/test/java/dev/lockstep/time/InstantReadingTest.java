package dev.lockstep.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** C1: instants as people write them, as microseconds. */
class InstantReadingTest {
  private static final long SEED = 20_261_130;
  private static final long T = Micros.of(Instant.parse("2025-01-01T00:00:00Z"));
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId HAVANA = ZoneId.of("America/Havana");

  private static InstantReading in(ChronoUnit unit) {
    return new InstantReading(unit, ZoneOffset.UTC);
  }

  private static String refusal(Runnable reading) {
    return assertThrows(DateTimeException.class, reading::run).getMessage();
  }

  @Test
  void numbersByUnit() {
    assertEquals(T, in(ChronoUnit.SECONDS).ofNumber(1_735_689_600L));
    assertEquals(T, in(ChronoUnit.MILLIS).ofNumber(1_735_689_600_000L));
    assertEquals(T, in(ChronoUnit.MICROS).ofNumber(T));
    assertEquals(T + 1, in(ChronoUnit.NANOS).ofNumber(T * 1_000 + 1_999));
    assertEquals(-1, in(ChronoUnit.NANOS).ofNumber(-1)); // floor
    assertEquals(0, InstantReading.DEFAULT.ofNumber(0)); // in no unit likely: as declared
  }

  @Test
  void aNumberThatIsLikelyInAnotherUnit() {
    assertEquals(
        "1735689600000 is not within 1990 to 2100 in microseconds, but it is in milliseconds:"
            + " declare epochUnit(MILLIS) on the source, or write ISO 8601 text",
        refusal(() -> InstantReading.DEFAULT.ofNumber(1_735_689_600_000L)));
    for (ChronoUnit declared : InstantReading.UNITS) {
      for (ChronoUnit written : InstantReading.UNITS) {
        long number = T * 1_000 / written.getDuration().toNanos();
        if (declared == written) {
          assertEquals(T, in(declared).ofNumber(number));
        } else {
          String text = refusal(() -> in(declared).ofNumber(number));
          assertTrue(text.contains("epochUnit(" + written.name() + ")"), text);
        }
      }
    }
  }

  @Test
  void whatDoesNotFit() {
    assertEquals(
        Long.MAX_VALUE + " is beyond the instants that 64-bit microseconds hold",
        refusal(() -> in(ChronoUnit.MILLIS).ofNumber(Long.MAX_VALUE)));
    refusal(() -> in(ChronoUnit.SECONDS).ofNumber(new BigDecimal("1E+1000000000")));
    refusal(() -> InstantReading.DEFAULT.ofText("+999999999-12-31T23:59:59Z"));
    refusal(() -> InstantReading.ofUnit(Long.MIN_VALUE, ChronoUnit.MILLIS));
  }

  @Test
  void onlySecondsHaveFractions() {
    assertEquals(
        T + 250_000, in(ChronoUnit.SECONDS).ofNumber(new BigDecimal("1735689600.2500009")));
    assertEquals(T, in(ChronoUnit.MILLIS).ofNumber(new BigDecimal("1735689600000.0")));
    assertEquals(
        "1735689600000.5 has a fraction, which only seconds may have; the source's unit is"
            + " milliseconds",
        refusal(() -> in(ChronoUnit.MILLIS).ofNumber(new BigDecimal("1735689600000.5"))));
  }

  @Test
  void isoText() {
    InstantReading utc = InstantReading.DEFAULT;
    assertEquals(T, utc.ofText("2025-01-01T00:00:00Z"));
    assertEquals(T, utc.ofText("2025-01-01T01:00:00+01:00"));
    assertEquals(T, utc.ofText("2025-01-01 00:00:00"));
    assertEquals(T, utc.ofText("2025-01-01T00:00"));
    assertEquals(T, utc.ofText("2025-01-01"));
    assertEquals(T + 123_456, utc.ofText("2025-01-01T00:00:00.123456789Z"));
    for (String zoned : List.of("t01:00:00+01", "T01:00+0100", " 00:00:00z", "T00:00Z")) {
      assertEquals(T, utc.ofText("2025-01-01" + zoned), zoned);
    }
    for (String none :
        List.of(
            "",
            "yesterday",
            "2025-02-29T00:00:00Z",
            "2025-1-1",
            "1735689600",
            "2024-12-31T24:00:00Z",
            "2016-12-31T23:59:60Z",
            "2025-01-01T00:00:00+00:00:00",
            "2025-01-01T00:00:00Z[UTC]")) {
      assertTrue(refusal(() -> utc.ofText(none)).contains("is no ISO 8601 instant"), none);
    }
  }

  @Test
  void theFirstAndTheLastInstant() {
    for (long micros : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE}) {
      assertEquals(micros, Micros.of(Micros.toInstant(micros)));
      assertEquals(micros, InstantReading.DEFAULT.ofText(Micros.toInstant(micros).toString()));
    }
  }

  /** The quick way for the usual form agrees with java.time, leap days and far years too. */
  @Test
  void isoTextAgainstJavaTime() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-70_000_000_000L, 260_000_000_000L), random.nextInt(1_000_000_000));
      instant = random.nextInt(3) == 0 ? instant.truncatedTo(ChronoUnit.SECONDS) : instant;
      String text = DateTimeFormatter.ISO_INSTANT.format(instant);
      assertEquals(
          Micros.of(instant), InstantReading.DEFAULT.ofText(text), "seed " + SEED + ", " + text);
    }
  }

  @Test
  void localTimesInTheDeclaredZone() {
    InstantReading berlin = new InstantReading(ChronoUnit.MICROS, BERLIN);
    long hour = 3_600 * Micros.PER_SECOND;
    assertEquals(T - hour, berlin.ofText("2025-01-01T00:00:00"));
    assertEquals(T, berlin.ofText("2025-01-01T00:00:00Z"));
    assertEquals(T - hour, berlin.ofLocalMicros(T));
    assertEquals(T - hour, berlin.ofDay(LocalDate.of(2025, 1, 1).toEpochDay()));
    // Left out: moved forward by the gap. There twice: the earlier one.
    assertEquals(berlin.ofText("2025-03-30T03:30:00"), berlin.ofText("2025-03-30T02:30:00"));
    assertEquals(berlin.ofText("2025-10-26T02:30:00+02:00"), berlin.ofText("2025-10-26T02:30:00"));
    // A day that begins at one in the morning.
    InstantReading havana = new InstantReading(ChronoUnit.MICROS, HAVANA);
    assertEquals(havana.ofText("2025-03-09T01:00:00"), havana.ofText("2025-03-09"));
  }
}
