package dev.lockstep.beam.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.value.Decimals;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ScoringResult;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.FeatureVectorCodec;
import dev.lockstep.wire.ScoringResultCodec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our hand-written Avro messages are Apache Avro's, byte for byte, in both directions. */
class AvroBytesTest {
  private static final long SEED = 20261122L;
  private static final Schema VECTOR = new Schema.Parser().parse(FeatureVectorCodec.SCHEMA);
  private static final Schema WITH_DECIMALS =
      new Schema.Parser().parse(FeatureVectorCodec.SCHEMA_WITH_DECIMALS);
  private static final Schema RESULT = new Schema.Parser().parse(ScoringResultCodec.SCHEMA);

  static Stream<FeatureVector> vectors() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    return Stream.generate(() -> vector(random)).limit(200);
  }

  @Test
  void schemasAreTheirOwnParsingCanonicalForm() {
    assertEquals(FeatureVectorCodec.SCHEMA, SchemaNormalization.toParsingForm(VECTOR));
    assertEquals(ScoringResultCodec.SCHEMA, SchemaNormalization.toParsingForm(RESULT));
  }

  @Test
  void headersCarryAvrosFingerprints() {
    for (FeatureVector vector : vectors().toList()) {
      boolean decimals = vector.values().types().contains(ValueType.DECIMAL);
      byte[] bytes = FeatureVectorCodec.toBytes(vector);
      assertEquals(
          SchemaNormalization.parsingFingerprint64(decimals ? WITH_DECIMALS : VECTOR),
          ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(2));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vectors(FeatureVector vector) throws IOException {
    byte[] ours = FeatureVectorCodec.toBytes(vector);
    GenericRecord record = record(vector);
    Schema schema = record.getSchema();
    assertArrayEquals(theirs(schema, record), ours);
    assertEquals(record, new BinaryMessageDecoder<>(GenericData.get(), schema).decode(ours));
    assertEquals(vector, FeatureVectorCodec.fromBytes(ours, vector.values().types()));
  }

  @Test
  void results() throws IOException {
    ScoringResult result =
        new ScoringResult(
            "set",
            "r",
            Map.of("card", "ü"),
            -0.25,
            0.5,
            "m",
            "1",
            "f",
            1,
            -2,
            3,
            Long.MAX_VALUE,
            5);
    GenericRecord record =
        new GenericRecordBuilder(RESULT)
            .set("feature_set", result.featureSet())
            .set("request_id", result.requestId())
            .set("entities", result.entities())
            .set("score", result.score())
            .set("threshold", result.threshold())
            .set("model_name", result.modelName())
            .set("model_version", result.modelVersion())
            .set("fingerprint", result.fingerprint())
            .set("event_time", result.eventTimeMicros())
            .set("available_at", result.availableAtMicros())
            .set("ingested_at", result.ingestedAtMicros())
            .set("emitted_at", result.emittedAtMicros())
            .set("scored_at", result.scoredAtMicros())
            .build();
    assertArrayEquals(theirs(RESULT, record), ScoringResultCodec.toBytes(result));
    assertEquals(result, ScoringResultCodec.fromBytes(theirs(RESULT, record)));
  }

  private static byte[] theirs(Schema schema, GenericRecord record) throws IOException {
    ByteBuffer encoded =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(record);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  /** Avro's own bytes of a decimal. */
  private static ByteBuffer bytes(BigDecimal decimal) {
    return new Conversions.DecimalConversion()
        .toBytes(
            decimal.setScale(Decimals.SCALE),
            Schema.create(Schema.Type.BYTES),
            LogicalTypes.decimal(Decimals.PRECISION, Decimals.SCALE));
  }

  private static GenericRecord record(FeatureVector vector) {
    List<Object> features = new ArrayList<>();
    for (int i = 0; i < vector.values().size(); i++) {
      Object value = vector.values().get(i);
      value = value instanceof BigDecimal decimal ? bytes(decimal) : value;
      features.add(value instanceof Instant ? (Object) vector.values().getLong(i) : value);
    }
    boolean decimals = vector.values().types().contains(ValueType.DECIMAL);
    return new GenericRecordBuilder(decimals ? WITH_DECIMALS : VECTOR)
        .set("feature_set", vector.featureSet())
        .set("fingerprint", vector.fingerprint())
        .set("request_id", vector.requestId())
        .set("event_time", vector.eventTimeMicros())
        .set("available_at", vector.availableAtMicros())
        .set("entities", vector.entities())
        .set("features", features)
        .set("ingested_at", vector.ingestedAtMicros())
        .set("emitted_at", vector.emittedAtMicros())
        .build();
  }

  private static FeatureVector vector(Random random) {
    List<ValueType> types =
        random
            .ints(random.nextInt(40), 0, ValueType.values().length)
            .mapToObj(i -> ValueType.values()[i])
            .toList();
    Values values = new Values(types);
    for (int i = 0; i < types.size(); i++) {
      if (random.nextInt(4) > 0) {
        fill(values, i, random);
      }
    }
    Map<String, String> entities = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entities.put("e" + i, text(random));
    }
    return new FeatureVector(
        text(random),
        text(random),
        text(random),
        random.nextLong(),
        random.nextLong() >> random.nextInt(64),
        entities,
        values,
        random.nextLong(),
        0);
  }

  private static void fill(Values values, int index, Random random) {
    switch (values.type(index)) {
      case BOOLEAN -> values.setBoolean(index, random.nextBoolean());
      case LONG, INSTANT -> values.setLong(index, random.nextLong() >> random.nextInt(64));
      case DECIMAL -> values.setBits(index, random.nextLong() >> random.nextInt(64));
      case DOUBLE -> values.setDouble(index, Double.longBitsToDouble(random.nextLong()));
      case STRING -> values.setString(index, text(random));
    }
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(20), 0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
