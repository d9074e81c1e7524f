package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.time.InstantReading;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C1, C13, C17: Avro of any writer's schema that is known, by value; and why it is refused. */
class AvroReaderTest {
  record Sale(
      @Nullable String id,
      @Nullable Integer qty,
      @Nullable Double amount,
      @Nullable Float weight,
      @Nullable BigDecimal price,
      @Nullable Instant at) {}

  private static final List<String> NAMES = List.of("id", "qty", "amount", "weight", "price", "at");
  private static final Instant AT = Instant.parse("2025-01-31T23:59:59.123456Z");

  private static String schemaOf(String fields) {
    return "{\"type\":\"record\",\"name\":\"Other\",\"namespace\":\"else.where\",\"fields\":["
        + fields
        + "]}";
  }

  private static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }

  private static byte[] written(String schema, Object... values) throws Exception {
    Schema writer = new Schema.Parser().parse(schema);
    GenericRecord record = new GenericData.Record(writer);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    ByteBuffer bytes = new BinaryMessageEncoder<>(GenericData.get(), writer).encode(record);
    return Arrays.copyOf(bytes.array(), bytes.remaining());
  }

  private static final InstantReading BERLIN =
      new InstantReading(ChronoUnit.MILLIS, ZoneId.of("Europe/Berlin"));

  /** What a field of the given type becomes. */
  private static @Nullable Object read(String name, String type, Object value) throws Exception {
    String schema = schemaOf(field(name, type));
    MessageDoor door = MessageDoor.of(Sale.class, BERLIN, List.of(schema));
    return door.read(written(schema, value)).get(NAMES.indexOf(name));
  }

  private static String refused(String name, String type, Object value) throws Exception {
    String schema = schemaOf(field(name, type));
    return MessageDoor.of(Sale.class, BERLIN, List.of(schema)).refused(written(schema, value));
  }

  private static String logical(String type, String logical) {
    return "{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}";
  }

  @Test
  void numbersByTheirValue() throws Exception {
    assertEquals(7L, read("qty", "\"long\"", 7L));
    assertEquals(7L, read("qty", "\"double\"", 7.0));
    assertEquals(7L, read("qty", "\"string\"", "7"));
    assertEquals((double) 0.1f, read("amount", "\"float\"", 0.1f));
    assertEquals((double) 0.1f, read("weight", "\"double\"", 0.1));
    assertEquals(null, read("amount", "\"double\"", Double.NaN));
    assertEquals(
        "[qty] is 3000000000, which a component of type int can't hold",
        refused("qty", "\"long\"", 3_000_000_000L));
    assertEquals(
        "[qty] is the number 7.5 where a value of type int is expected",
        refused("qty", "\"double\"", 7.5));
    assertEquals(
        "[qty] is the boolean true where a value of type int is expected",
        refused("qty", "\"boolean\"", true));
  }

  @Test
  void decimalsOfAnyScale() throws Exception {
    String bytes = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":9}";
    ByteBuffer exact = ByteBuffer.wrap(new BigInteger("12500000000").toByteArray());
    assertEquals(new BigDecimal("12.5"), read("price", bytes, exact));
    assertEquals(12.5, read("amount", bytes, exact));
    ByteBuffer tooFine = ByteBuffer.wrap(BigInteger.ONE.toByteArray());
    assertEquals(
        "[price]: the decimal 1E-9 has more than 6 digits behind the point: send it rounded, or"
            + " declare a double",
        refused("price", bytes, tooFine));
    String fixed =
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":4,\"logicalType\":\"decimal\",\"precision\":9,"
            + "\"scale\":2}";
    Schema of = new Schema.Parser().parse(fixed);
    GenericData.Fixed value = new GenericData.Fixed(of, new byte[] {-1, -1, -1, (byte) 0x85});
    assertEquals(new BigDecimal("-1.23"), read("price", fixed, value));
    assertEquals(
        "[price] is a decimal of 0 bytes where a value of type decimal is expected",
        refused("price", bytes, ByteBuffer.wrap(new byte[0])));
  }

  @Test
  void instantsOfEachKind() throws Exception {
    long micros = 1_738_367_999_123_456L;
    Instant millis = AT.truncatedTo(ChronoUnit.MILLIS);
    assertEquals(AT, read("at", logical("long", "timestamp-micros"), micros));
    assertEquals(millis, read("at", logical("long", "timestamp-millis"), micros / 1_000));
    assertEquals(AT, read("at", logical("long", "timestamp-nanos"), micros * 1_000 + 999));
    assertEquals(millis, read("at", "\"long\"", micros / 1_000)); // the source's unit
    assertEquals(AT, read("at", "\"string\"", AT.toString()));
    long local = micros + 3_600_000_000L; // Berlin in winter
    assertEquals(AT, read("at", logical("long", "local-timestamp-micros"), local));
    assertEquals(millis, read("at", logical("long", "local-timestamp-millis"), local / 1_000));
    assertEquals(AT, read("at", logical("long", "local-timestamp-nanos"), local * 1_000));
    assertEquals(Instant.parse("2025-01-31T23:00:00Z"), read("at", logical("int", "date"), 20_120));
    assertEquals(
        "[at] is a time of day where a value of type instant is expected",
        refused("at", logical("long", "time-micros"), 5L));
    assertTrue(
        refused("at", logical("long", "local-timestamp-millis"), Long.MAX_VALUE)
            .startsWith("[at]: 9223372036854775807 is beyond the instants"));
  }

  @Test
  void textOfEachKind() throws Exception {
    assertEquals("ä", read("id", "\"string\"", "ä"));
    assertEquals(
        "ä", read("id", "\"bytes\"", ByteBuffer.wrap("ä".getBytes(StandardCharsets.UTF_8))));
    String symbols = "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}";
    assertEquals(
        "B",
        read("id", symbols, new GenericData.EnumSymbol(new Schema.Parser().parse(symbols), "B")));
    String uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    assertEquals(
        uuid, read("id", logical("string", "uuid"), uuid.toUpperCase(java.util.Locale.ROOT)));
    String fixed = "{\"type\":\"fixed\",\"name\":\"U\",\"size\":16,\"logicalType\":\"uuid\"}";
    byte[] bytes = java.util.HexFormat.of().parseHex(uuid.replace("-", ""));
    assertEquals(
        uuid, read("id", fixed, new GenericData.Fixed(new Schema.Parser().parse(fixed), bytes)));
    assertEquals(
        "[id] has bytes that are no UTF-8",
        refused("id", "\"bytes\"", ByteBuffer.wrap(new byte[] {(byte) 0xFF})));
    assertEquals(
        "[qty] is bytes where a value of type int is expected",
        refused("qty", "\"bytes\"", ByteBuffer.wrap(new byte[] {1})));
  }

  @Test
  void unionsByTheBranchThatWasWritten() throws Exception {
    String union = "[\"string\",\"null\",\"long\",{\"type\":\"array\",\"items\":\"int\"}]";
    assertEquals(7L, read("qty", union, 7L));
    assertEquals(8L, read("qty", union, "8"));
    assertEquals(null, read("qty", union, null));
    Schema array = new Schema.Parser().parse(union).getTypes().get(3);
    assertEquals(
        "[qty] is an Avro array where a value of type int is expected",
        refused("qty", union, new GenericData.Array<>(array, List.of(1, 2))));
  }

  @Test
  void whatNothingReadsIsPassedOver() throws Exception {
    String list =
        "{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"of\",\"type\":\"string\"},"
            + "{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}";
    String schema =
        schemaOf(
            String.join(
                ",",
                field("list", list),
                field(
                    "tags",
                    "{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":\"bytes\"}}"),
                field("nothing", "{\"type\":\"array\",\"items\":\"null\"}"),
                field("qty", "\"int\""),
                field("more", "[\"float\",\"boolean\"]")));
    Schema node = new Schema.Parser().parse(schema).getField("list").schema();
    GenericRecord inner = new GenericData.Record(node);
    inner.put("of", "b");
    GenericRecord outer = new GenericData.Record(node);
    outer.put("of", "a");
    outer.put("next", inner);
    byte[] message =
        written(
            schema,
            outer,
            Map.of("k", List.of(ByteBuffer.wrap(new byte[] {1, 2}))),
            Arrays.asList(null, null),
            5,
            true);
    MessageDoor door = MessageDoor.of(Sale.class, List.of(schema));
    assertEquals("[null, 5, null, null, null, null]", door.read(message).toString());
    assertEquals(
        "no Avro of else.where.Other: 1 bytes stand behind a record",
        door.refused(Arrays.copyOf(message, message.length + 1)));
    assertTrue(
        door.refused(Arrays.copyOf(message, message.length - 3))
            .startsWith("no Avro of else.where.Other: "));
  }

  @Test
  void anUnknownSchemaIsNamedWithTheCure() throws Exception {
    byte[] message = written(schemaOf(field("qty", "\"int\"")), 5);
    MessageDoor door = MessageDoor.of(Sale.class);
    String fingerprint =
        WriterSchemas.hex(
            ByteBuffer.wrap(message).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(2));
    String own = WriterSchemas.hex(WriterSchemas.fingerprint(EventSchema.of(door.schema)));
    assertEquals(
        "an Avro message written by the schema "
            + fingerprint
            + ", which isn't known; the record's own is dev.lockstep.beam.event.Sale ("
            + own
            + "): put the writer's schema, as a file that ends in .avsc, into the folder of schemas",
        door.refused(message));
    assertEquals(
        "an Avro message of 3 bytes, which ends within its header of 10",
        door.refused(Arrays.copyOf(message, 3)));
  }

  /** Avro's fingerprints can't tell them apart. */
  @Test
  void twoMeaningsOfOneFingerprintAreRefused() {
    String cents =
        schemaOf(
            field(
                "price",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}"));
    List<String> both = List.of(cents, cents.replace("\"scale\":2", "\"scale\":3"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> MessageDoor.of(Sale.class, both));
    assertTrue(
        e.getMessage()
            .endsWith(
                "which leaves logical types out, but mean different values, [decimal of scale 2] and"
                    + " [decimal of scale 3]: keep the one that the topic is written by"),
        e.getMessage());
  }
}
