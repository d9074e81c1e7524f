package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.coder.RecordCoder;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.RecordSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C6, C13: a decimal of an event is exactly what was written, or a data error. */
class DecimalEventsTest {
  record Sale(String id, @Nullable BigDecimal price) {}

  private static final RecordSchema SCHEMA = RecordSchema.of(Sale.class);
  private final EventDecoder decoder = new EventDecoder(SCHEMA);

  private @Nullable BigDecimal json(String price) {
    String message = "{\"id\":\"s\",\"price\":" + price + "}";
    return ((Sale) decoder.decode(message.getBytes(StandardCharsets.UTF_8))).price();
  }

  private String refused(String price) {
    return assertThrows(DataException.class, () -> json(price), price).getMessage();
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
        "field [price]: the decimal 0.1234567 has more than 6 digits behind the point: send it"
            + " rounded, or declare a double",
        refused("0.1234567"));
    assertEquals(
        "field [price]: the decimal 9223372036854.775808 doesn't fit: they go to"
            + " 9223372036854.775807; declare a double",
        refused("9223372036854.775808"));
    assertTrue(refused("1e1000000000").startsWith("field [price]: the decimal 1E+1000000000"));
    assertTrue(refused("\"1e-1000000000\"").startsWith("field [price]: "));
    assertEquals("field [price] is no decimal: 1,5", refused("\"1,5\""));
    assertEquals("field [price] is BOOLEAN where DECIMAL is expected", refused("true"));
    assertEquals(
        "field [price] is STRING where DECIMAL is expected",
        refused("\"" + "9".repeat(5000) + "\""));
    refused("1e99999999999999");
  }

  @Test
  void eventsComeBack() throws Exception {
    for (EventEncoder.Format format : EventEncoder.Format.values()) {
      EventEncoder encoder = new EventEncoder(SCHEMA, format);
      for (String price : List.of("0", "-0.000001", "12.5", "-9223372036854.775808", "1000")) {
        Sale sale = new Sale("s", new BigDecimal(price));
        assertEquals(sale, decoder.decode(encoder.encode(sale)), format.name());
      }
      assertEquals(new Sale("s", null), decoder.decode(encoder.encode(new Sale("s", null))));
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

  /** Avro would take hundredths for millionths. */
  @Test
  void aWriterOfAnotherScaleIsRefused() {
    Schema writer =
        new Schema.Parser()
            .parse(EventSchema.of(SCHEMA).toString().replace("\"scale\":6", "\"scale\":2"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> decoder.addWriterSchema(writer));
    assertTrue(e.getMessage().startsWith("field [price] is written as "), e.getMessage());
    assertTrue(e.getMessage().endsWith("write bytes of logical type decimal(19, 6)"));
  }
}
