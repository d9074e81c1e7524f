package dev.lockstep.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureVectorCodecTest {
  private static final List<ValueType> TYPES =
      List.of(
          ValueType.BOOLEAN,
          ValueType.LONG,
          ValueType.DOUBLE,
          ValueType.STRING,
          ValueType.INSTANT,
          ValueType.DOUBLE);

  private static FeatureVector golden() {
    Values values = new Values(TYPES);
    values.setBoolean(0, true);
    values.setLong(1, -3);
    values.setDouble(2, 0.1);
    values.setString(3, "Zürich");
    values.set(4, Instant.parse("2001-09-09T01:46:40Z"));
    Map<String, String> entities = new LinkedHashMap<>();
    entities.put("merchant", "m-7");
    entities.put("card", "c-1");
    return new FeatureVector(
        "fraud_v1", "ab12", "r-1", 1_000_000_000_000_000L, -5, entities, values, 17, 18);
  }

  @Test
  void goldenBytesAreWrittenAndRead() throws IOException {
    byte[] golden = GoldenFiles.hex("features-ready.hex");
    assertEquals(
        HexFormat.of().formatHex(golden),
        HexFormat.of().formatHex(FeatureVectorCodec.toBytes(golden())));
    FeatureVector read = FeatureVectorCodec.fromBytes(golden, TYPES);
    assertEquals(golden(), read);
    assertEquals(List.of("merchant", "card"), List.copyOf(read.entities().keySet()));
  }

  @Test
  void withoutTypesAnInstantReadsAsLongAndANullAsDouble() {
    Values values = FeatureVectorCodec.fromBytes(FeatureVectorCodec.toBytes(golden())).values();
    assertEquals(
        List.of(
            ValueType.BOOLEAN,
            ValueType.LONG,
            ValueType.DOUBLE,
            ValueType.STRING,
            ValueType.LONG,
            ValueType.DOUBLE),
        values.types());
    assertEquals(1_000_000_000_000_000L, values.get(4));
    assertTrue(values.isNull(5));
  }

  @Test
  void noFeaturesAndNoEntities() {
    FeatureVector empty =
        new FeatureVector("s", "f", "r", 0, 0, Map.of(), new Values(List.of()), 0, 0);
    assertEquals(empty, FeatureVectorCodec.fromBytes(FeatureVectorCodec.toBytes(empty), List.of()));
  }

  @Test
  void otherFeaturesAreRefused() {
    byte[] bytes = FeatureVectorCodec.toBytes(golden());
    assertMessage("6 features where 7 are expected", bytes, with(TYPES, 6, ValueType.LONG));
    assertMessage("more than the 5 features expected", bytes, TYPES.subList(0, 5));
    assertMessage(
        "feature 1 is of branch 2 where STRING is expected",
        bytes,
        List.of(ValueType.BOOLEAN, ValueType.STRING));
  }

  @Test
  void anotherFormatIsNamed() {
    assertMessage(
        "not a FeaturesReady: an Avro message starts with C3 01 and 8 bytes of schema fingerprint,"
            + " this one is [7B 22 61], 3 bytes",
        new byte[] {'{', '"', 'a'},
        TYPES);
    byte[] foreign = FeatureVectorCodec.toBytes(golden());
    foreign[2] ^= 1;
    WireException e =
        assertThrows(WireException.class, () -> FeatureVectorCodec.fromBytes(foreign));
    assertTrue(
        e.getMessage().startsWith("not a FeaturesReady: the schema is "), () -> e.getMessage());
  }

  @Test
  void bytesCutOrAddedAreRefused() {
    byte[] bytes = FeatureVectorCodec.toBytes(golden());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(WireException.class, () -> FeatureVectorCodec.fromBytes(cut));
    }
    assertMessage(
        "1 bytes stand behind a FeaturesReady", Arrays.copyOf(bytes, bytes.length + 1), TYPES);
  }

  @Test
  void garbageIsAVectorOrAWireException() {
    long seed = 20261122L;
    Random random = new Random(seed);
    byte[] bytes = FeatureVectorCodec.toBytes(golden());
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] garbage = bytes.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        garbage[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt();
      }
      try {
        FeatureVector read = FeatureVectorCodec.fromBytes(garbage);
        assertEquals(read, FeatureVectorCodec.fromBytes(FeatureVectorCodec.toBytes(read)));
      } catch (WireException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
    assertTrue(refused > 0, "seed " + seed);
  }

  @Test
  void blocksAsOtherWritersSplitThem() {
    byte[] bytes = FeatureVectorCodec.toBytes(golden());
    FeatureVector two =
        new FeatureVector("s", "f", "r", 0, 0, Map.of(), new Values(List.of()), 0, 0);
    ByteWriter out = new ByteWriter();
    out.writeBytes(Arrays.copyOf(bytes, 10));
    out.writeString("s");
    out.writeString("f");
    out.writeString("r");
    out.writeSigned(0);
    out.writeSigned(0);
    out.writeSigned(0);
    out.writeSigned(-1); // one item, and its size in bytes follows
    out.writeSigned(2);
    out.writeSigned(2);
    out.writeSigned(41);
    out.writeSigned(1);
    out.writeSigned(2);
    out.writeSigned(42);
    out.writeSigned(0);
    out.writeSigned(0);
    out.writeSigned(0);
    Values values = new Values(List.of(ValueType.LONG, ValueType.LONG));
    values.setLong(0, 41);
    values.setLong(1, 42);
    FeatureVector read = FeatureVectorCodec.fromBytes(out.toByteArray());
    assertEquals(values, read.values());
    assertEquals(two.requestId(), read.requestId());
  }

  @Test
  void decimalsHaveASchemaOfTheirOwn() throws IOException {
    List<ValueType> types = List.of(ValueType.DECIMAL, ValueType.LONG, ValueType.DECIMAL);
    Values values = new Values(types);
    values.set(0, new BigDecimal("-9223372036854.775808"));
    values.setLong(1, 5);
    FeatureVector vector = new FeatureVector("s", "f", "r", 1, 2, Map.of(), values, 3, 4);
    byte[] bytes = FeatureVectorCodec.toBytes(vector);
    assertArrayEquals(GoldenFiles.hex("features-ready-decimal.hex"), bytes);
    assertEquals(vector, FeatureVectorCodec.fromBytes(bytes, types));
    assertEquals(
        List.of(ValueType.DECIMAL, ValueType.LONG, ValueType.DOUBLE),
        FeatureVectorCodec.fromBytes(bytes).values().types());
    for (long bits : new long[] {0, 1, -1, 127, 128, -128, -129, Long.MAX_VALUE}) {
      values.setBits(2, bits);
      assertEquals(vector, FeatureVectorCodec.fromBytes(FeatureVectorCodec.toBytes(vector), types));
    }
    assertMessage(
        "feature 0 is of branch 5 where LONG is expected", bytes, List.of(ValueType.LONG));
    bytes[21] = 18; // the length: nine bytes
    assertMessage("a decimal of 9 bytes where 1 to 8 are expected", bytes, types);
  }

  @Test
  void crc64OfNothingIsItsPolynomial() {
    assertEquals(0xC15D213AA4D7A795L, AvroFrame.crc64(new byte[0]));
    assertArrayEquals(
        new byte[] {(byte) 0xC3, 1}, Arrays.copyOf(FeatureVectorCodec.toBytes(golden()), 2));
  }

  private static List<ValueType> with(List<ValueType> types, int index, ValueType type) {
    List<ValueType> more = new java.util.ArrayList<>(types);
    more.add(index, type);
    return more;
  }

  private static void assertMessage(String message, byte[] bytes, List<ValueType> types) {
    WireException e =
        assertThrows(WireException.class, () -> FeatureVectorCodec.fromBytes(bytes, types));
    assertEquals(message, e.getMessage());
  }
}
