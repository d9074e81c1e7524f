package dev.lockstep.beam.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/**
 * The oracle's own door reads messages as C1, C6 and C17 say; the values are worked out by hand.
 */
class NaiveMessagesTest {
  private static final Set<String> ALL = Set.of("id", "card", "amount", "qty", "price", "at");
  private static final String WHOLE =
      "{'id':'i1','card':'Card 1','amount':1.5,'qty':1,'price':0.1,'at':'2025-01-01T01:00:00Z'}";

  private final NaiveRecord txn = NaiveRecord.of(Txn.class, false);

  record Wide(
      Float narrow, Long whole, BigDecimal decimal, Instant at, Boolean flag, String text) {}

  @Test
  void aWholeMessageIsTheRow() {
    NaiveRow row = read(ALL, WHOLE);
    assertEquals(Fixtures.base(1), row.values());
    assertEquals(List.of(), row.faults());
  }

  @Test
  void oneMessageIsOneDocument() {
    assertFault(Cause.DOCUMENT, "", read(ALL, WHOLE + "\n" + WHOLE));
    assertFault(Cause.DOCUMENT, "", read(ALL, WHOLE + "garbage}}"));
    assertFault(Cause.DOCUMENT, "", read(ALL, ""));
    assertFault(Cause.DOCUMENT, "", read(ALL, "[" + WHOLE + "]"));
    assertFault(Cause.DOCUMENT, "", read(ALL, WHOLE.substring(0, 40)));
    assertFault(Cause.DOCUMENT, "", read(Set.of("id"), "{'id':'a','other':tru}"));
    byte[] latin = "{\"id\":\"\u00e9\",\"\u00fc\":1}".getBytes(StandardCharsets.ISO_8859_1);
    assertFault(Cause.TEXT, "id", messages(Set.of("id")).read(latin));
    assertEquals(List.of(), messages(Set.of("card")).read(latin).faults());
  }

  @Test
  void notFiniteNumbersAreNullAndCounted() {
    for (String odd : List.of("NaN", "'NaN'", "1e400", "-1e999999999", "Infinity", "'-Infinity'")) {
      NaiveRow row = read(ALL, WHOLE.replace("1.5", odd));
      assertEquals(List.of("amount"), row.notFinite(), odd);
      assertEquals(null, row.values().get("amount"), odd);
    }
    assertEquals(List.of("price"), read(ALL, WHOLE.replace("0.1", "1e39")).notFinite());
    assertFault(Cause.WIDTH, "qty", read(ALL, WHOLE.replace("'qty':1", "'qty':NaN")));
  }

  @Test
  void nullsAndMissingFieldsCountOnlyWhereTheyAreRead() {
    String without = WHOLE.replace("'amount':1.5,", "");
    assertFault(Cause.NULL, "amount", read(ALL, without));
    assertFault(Cause.NULL, "amount", read(ALL, WHOLE.replace("1.5", "null")));
    assertEquals(List.of(), read(Set.of("id", "at"), without).faults());
    assertEquals(null, read(ALL, WHOLE.replace("'Card 1'", "null")).values().get("card"));
  }

  @Test
  void numbersInAnotherUnitAreNamed() {
    String millis = WHOLE.replace("'2025-01-01T01:00:00Z'", "1735689600000");
    assertFault(Cause.UNIT, "at", read(ALL, millis));
    assertEquals(List.of(), read(Set.of("id"), millis).faults());
    NaiveSource source = NaiveSource.of(txn).in(TimeUnit.MILLISECONDS);
    NaiveRow row = new NaiveMessages(new NaiveDoor(source, ALL), List.of()).read(bytes(millis));
    assertEquals(Instant.parse("2025-01-01T00:00:00Z"), row.values().get("at"));
    assertEquals(Instant.EPOCH, at("0", TimeUnit.SECONDS));
    assertEquals(
        Instant.parse("2025-01-01T00:00:00.123456Z"), at("1735689600.1234569", TimeUnit.SECONDS));
  }

  @Test
  void localTextIsInTheDeclaredZone() {
    assertEquals(
        Instant.parse("2025-07-01T10:00:00Z"), at("'2025-07-01T12:00:00'", TimeUnit.SECONDS));
    assertEquals(Instant.parse("2025-07-01T10:00:00Z"), at("'2025-07-01 12:00'", TimeUnit.SECONDS));
    assertEquals(Instant.parse("2025-06-30T22:00:00Z"), at("'2025-07-01'", TimeUnit.SECONDS));
    // Skipped and doubled by the change of clocks.
    assertEquals(
        Instant.parse("2025-03-30T01:30:00Z"), at("'2025-03-30T02:30:00'", TimeUnit.SECONDS));
    assertEquals(
        Instant.parse("2025-10-26T00:30:00Z"), at("'2025-10-26T02:30:00'", TimeUnit.SECONDS));
    assertEquals(
        Instant.parse("1969-12-31T23:59:59.999998Z"),
        at("'1969-12-31T23:59:59.999998999Z'", TimeUnit.SECONDS));
  }

  @Test
  void otherFramingsAreNamed() {
    assertFault(Cause.FRAMING, "", messages(ALL).read(new byte[] {0, 0, 0, 0, 7, 1, 2}));
    assertFault(
        Cause.FRAMING,
        "",
        read(ALL, "{'schema':{},'payload':{'before':null,'after':" + WHOLE + "}}"));
    assertFault(
        Cause.FRAMING, "", messages(ALL).read(new byte[] {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8}));
  }

  @Test
  void aFieldThatIsReadComesOnce() {
    String twice = WHOLE.replace("'qty':1", "'qty':1,'qty':1");
    assertFault(Cause.DOCUMENT, "qty", read(ALL, twice));
    assertEquals(List.of(), read(Set.of("id"), twice).faults());
  }

  @Test
  void textOfANumberIsTheNumber() {
    assertEquals(7L, read(ALL, WHOLE.replace("'qty':1", "'qty':'007'")).values().get("qty"));
    assertEquals(-1.5, read(ALL, WHOLE.replace("1.5", "'-15e-1'")).values().get("amount"));
    assertFault(Cause.KIND, "amount", read(ALL, WHOLE.replace("1.5", "' 1.5'")));
    assertFault(Cause.KIND, "amount", read(ALL, WHOLE.replace("1.5", "'\u0661'")));
    assertFault(Cause.KIND, "card", read(ALL, WHOLE.replace("'Card 1'", "1")));
  }

  @Test
  void textIsWhole() {
    assertFault(Cause.TEXT, "card", read(ALL, WHOLE.replace("Card 1", "\\ud83d")));
    assertFault(Cause.TEXT, "card", read(ALL, WHOLE.replace("Card 1", "\\udca9\\ud83d")));
    assertEquals(
        "\ud83d\udca9", read(ALL, WHOLE.replace("Card 1", "\\ud83d\\udca9")).values().get("card"));
    assertEquals(List.of(), read(Set.of("id"), WHOLE.replace("Card 1", "\\ud83d")).faults());
  }

  @Test
  void numbersFitByValue() {
    assertEquals(3L, wide("'whole':3.0").get("whole"));
    assertEquals(9007199254740993L, wide("'whole':9007199254740993.0").get("whole"));
    // Above the middle of two floats, which is the double nearest to it: rounded twice it falls.
    assertEquals((double) 1.0000001f, wide("'narrow':1.00000005960464477540").get("narrow"));
    assertEquals(new BigDecimal("1.500000"), wide("'decimal':1.5000000000").get("decimal"));
    assertEquals(new BigDecimal("1.500000"), wide("'decimal':'1.5'").get("decimal"));
  }

  @Test
  void avroIsReadByItsWritersSchema() throws Exception {
    Schema writer =
        new Schema.Parser()
            .parse(
                "{'type':'record','name':'T','fields':[{'name':'extra','type':'string'},"
                    .concat("{'name':'qty','type':['null','long']},{'name':'id','type':'string'}]}")
                    .replace('\'', '"'));
    ByteBuffer message = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    message
        .put((byte) 0xC3)
        .put((byte) 1)
        .putLong(SchemaNormalization.parsingFingerprint64(writer));
    message.put(new byte[] {2, 'x', 2, 14, 4, 'i', '1'});
    NaiveMessages messages =
        new NaiveMessages(
            new NaiveDoor(NaiveSource.of(txn), Set.of("id", "qty", "card")), List.of(writer));
    byte[] whole = Arrays.copyOf(message.array(), message.position());
    assertEquals(7L, messages.read(whole).values().get("qty"));
    assertEquals(null, messages.read(whole).values().get("card"));
    assertFault(Cause.DOCUMENT, "", messages.read(message.array()));
    assertFault(Cause.DOCUMENT, "", messages.read(Arrays.copyOf(whole, whole.length - 1)));
  }

  private java.util.Map<String, Object> wide(String field) {
    NaiveSource source = NaiveSource.of(NaiveRecord.of(Wide.class, false));
    Set<String> all = Set.of("narrow", "whole", "decimal", "at", "flag", "text");
    NaiveRow row =
        new NaiveMessages(new NaiveDoor(source, all), List.of()).read(bytes("{" + field + "}"));
    assertEquals(List.of(), row.faults());
    return row.values();
  }

  private Object at(String value, TimeUnit unit) {
    NaiveSource source = NaiveSource.of(txn).in(unit).in(ZoneId.of("Europe/Berlin"));
    NaiveRow row =
        new NaiveMessages(new NaiveDoor(source, Set.of("at")), List.of())
            .read(bytes("{'at':" + value + "}"));
    assertEquals(List.of(), row.faults());
    return row.values().get("at");
  }

  private NaiveRow read(Set<String> needed, String message) {
    return messages(needed).read(bytes(message));
  }

  private NaiveMessages messages(Set<String> needed) {
    return new NaiveMessages(new NaiveDoor(NaiveSource.of(txn), needed), List.of());
  }

  private static byte[] bytes(String message) {
    return message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static void assertFault(Cause cause, String component, NaiveRow row) {
    assertEquals(1, row.faults().size(), row.toString());
    assertEquals(cause, row.faults().get(0).cause(), row.toString());
    assertEquals(component, row.faults().get(0).component(), row.toString());
  }
}
