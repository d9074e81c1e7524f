package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.coder.RecordCoder;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C6, C13: a decimal of an event is exactly what was written, or a data error. */
class DecimalEventsTest {
  record Sale(String id, @Nullable BigDecimal price) {}

  private final MessageDoor door = MessageDoor.of(Sale.class);

  private @Nullable BigDecimal json(String price) {
    return (BigDecimal) door.json("{\"id\":\"s\",\"price\":" + price + "}").get(1);
  }

  private String refused(String price) {
    return door.refused("{\"id\":\"s\",\"price\":" + price + "}");
  }

  @Test
  void jsonIsReadExactly() {
    // The double nearest to it prints as 9007199254.740993 only up to its 16 digits.
    assertEquals(new BigDecimal("9007199254740.740993"), json("9007199254740.740993"));
    assertEquals(new BigDecimal("0.1"), json("0.1"));
    assertEquals(new BigDecimal("0.1"), json("\"0.10\""));
    assertEquals(new BigDecimal("5"), json("5"));
    assertEquals(new BigDecimal("1500"), json("1.5e3"));
    assertEquals(new BigDecimal("-0.000001"), json("-1E-6"));
    assertEquals(null, json("null"));
  }

  @Test
  void jsonThatDoesNotFitIsRefused() {
    assertEquals(
        "[price]: the decimal 0.1234567 has more than 6 digits behind the point: send it"
            + " rounded, or declare a double",
        refused("0.1234567"));
    assertEquals(
        "[price]: the decimal 9223372036854.775808 doesn't fit: they go to"
            + " 9223372036854.775807; declare a double",
        refused("9223372036854.775808"));
    assertTrue(refused("1e1000000000").startsWith("[price]: the decimal 1E+1000000000"));
    assertTrue(refused("\"1e-1000000000\"").startsWith("[price] is the text "));
    assertEquals(
        "[price] is the text \"1,5\" where a value of type decimal is expected",
        refused("\"1,5\""));
    assertEquals(
        "[price] is the boolean true where a value of type decimal is expected", refused("true"));
    assertTrue(refused("\"" + "9".repeat(5000) + "\"").startsWith("[price] is the text \"9999"));
    refused("1e99999999999999");
  }

  @Test
  void eventsComeBack() throws Exception {
    for (EventEncoder.Format format : EventEncoder.Format.values()) {
      EventEncoder encoder = new EventEncoder(door.schema, format);
      for (String price : List.of("0", "-0.000001", "12.5", "-9223372036854.775808", "1000")) {
        Sale sale = new Sale("s", new BigDecimal(price));
        assertEquals(
            "[s, " + price + "]", door.read(encoder.encode(sale)).toString(), format.name());
      }
      assertEquals("[s, null]", door.read(encoder.encode(new Sale("s", null))).toString());
      assertThrows(
          ArithmeticException.class,
          () -> encoder.encode(new Sale("s", new BigDecimal("0.0000001"))));
    }
  }

  /** Within a job even what is refused later comes back as it was. */
  @Test
  void theCoderKeepsEveryDigit() throws Exception {
    RecordCoder<Sale> coder = RecordCoder.of(Sale.class);
    for (String price : List.of("1.50", "1E+30", "-0.123456789")) {
      Sale sale = new Sale("s", new BigDecimal(price));
      assertEquals(sale, CoderUtils.clone(coder, sale));
    }
  }
}
