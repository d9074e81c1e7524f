package dev.lockstep.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void writesFourDigitsAndGroupsThousands() {
    assertEquals("0", Numbers.of(0));
    assertEquals("0", Numbers.of(-0.0));
    assertEquals("0.1235", Numbers.of(0.123456));
    assertEquals("-12.35", Numbers.of(-12.3456));
    assertEquals("100", Numbers.of(100));
    assertEquals("12\u202F346", Numbers.of(12345.6));
    assertEquals("1.23e-05", Numbers.of(0.0000123));
    assertEquals("1.00e+300", Numbers.of(1e300));
    assertEquals(Numbers.NONE, Numbers.of(Double.NaN));
    assertEquals("508\u202F239", Numbers.count(508_239));
  }

  @Test
  void sharesAreNoneOrAllOnlyIfTheyAre() {
    assertEquals("0 %", Numbers.percent(0));
    assertEquals("< 0.1 %", Numbers.percent(1e-9));
    assertEquals("12.3 %", Numbers.percent(0.1234));
    assertEquals("> 99.9 %", Numbers.percent(1 - 1e-9));
    assertEquals("100 %", Numbers.percent(1));
  }

  @Test
  void timesAreUtcAsFineAsTheirRange() {
    Instant time = Instant.parse("2001-01-05T07:08:09Z");
    assertEquals("2001-01-05", Numbers.time(time, Duration.ofDays(30)));
    assertEquals("2001-01-05 07:08", Numbers.time(time, Duration.ofHours(3)));
  }
}
