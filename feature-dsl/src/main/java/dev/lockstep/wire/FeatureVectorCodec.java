package dev.lockstep.wire;

import dev.lockstep.value.Decimals;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a {@link FeatureVector} on its topic: an Avro message ({@link AvroFrame}) of one
 * schema for all feature sets without decimals, and of one with a branch more for all others.
 *
 * <p>Times are microseconds since the epoch. A feature is its value or Avro's null; an instant is
 * the long of its microseconds, a decimal Avro's decimal. Names and types of the features are the
 * plan's, which the fingerprint names.
 */
public final class FeatureVectorCodec {
  /** The Avro schema of sets without decimals, in parsing canonical form. */
  public static final String SCHEMA =
      "{\"name\":\"dev.lockstep.FeaturesReady\",\"type\":\"record\",\"fields\":["
          + "{\"name\":\"feature_set\",\"type\":\"string\"},"
          + "{\"name\":\"fingerprint\",\"type\":\"string\"},"
          + "{\"name\":\"request_id\",\"type\":\"string\"},"
          + "{\"name\":\"event_time\",\"type\":\"long\"},"
          + "{\"name\":\"available_at\",\"type\":\"long\"},"
          + "{\"name\":\"entities\",\"type\":{\"type\":\"map\",\"values\":\"string\"}},"
          + "{\"name\":\"features\",\"type\":{\"type\":\"array\",\"items\":"
          + "[\"null\",\"boolean\",\"long\",\"double\",\"string\"]}},"
          + "{\"name\":\"ingested_at\",\"type\":\"long\"},"
          + "{\"name\":\"emitted_at\",\"type\":\"long\"}]}";

  private static final String BYTES_BRANCH = ",\"bytes\"]";

  /** The Avro schema of sets with decimals. */
  public static final String SCHEMA_WITH_DECIMALS =
      SCHEMA.replace(
          "\"string\"]",
          "\"string\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":"
              + Decimals.PRECISION
              + ",\"scale\":"
              + Decimals.SCALE
              + "}]");

  private static final AvroFrame FRAME = new AvroFrame("FeaturesReady", SCHEMA);

  /** The canonical form, which a message is marked by, has no logical types. */
  private static final AvroFrame FRAME_WITH_DECIMALS =
      new AvroFrame("FeaturesReady", SCHEMA.replace("\"string\"]", "\"string\"" + BYTES_BRANCH));

  /** The union's branches: indexes into it are what Avro writes. */
  private static final int NULL = 0;

  private static final int BOOLEAN = 1;
  private static final int LONG = 2;
  private static final int DOUBLE = 3;
  private static final int STRING = 4;
  private static final int DECIMAL = 5;

  private FeatureVectorCodec() {}

  public static byte[] toBytes(FeatureVector vector) {
    boolean decimals = vector.values().types().contains(ValueType.DECIMAL);
    ByteWriter out = (decimals ? FRAME_WITH_DECIMALS : FRAME).open();
    out.writeString(vector.featureSet());
    out.writeString(vector.fingerprint());
    out.writeString(vector.requestId());
    out.writeSigned(vector.eventTimeMicros());
    out.writeSigned(vector.availableAtMicros());
    AvroFrame.writeMap(vector.entities(), out);
    writeFeatures(vector.values(), out);
    out.writeSigned(vector.ingestedAtMicros());
    out.writeSigned(vector.emittedAtMicros());
    return out.toByteArray();
  }

  /**
   * The vector in a message, its features typed by what the message holds: an instant reads as
   * LONG, a null as DOUBLE.
   *
   * @throws WireException if the bytes are no such message
   */
  public static FeatureVector fromBytes(byte[] message) {
    return read(message, null);
  }

  /**
   * The vector in a message whose features are known.
   *
   * @param types the features' types, in the set's order
   * @throws WireException if the bytes are no such message, or hold other features
   */
  public static FeatureVector fromBytes(byte[] message, List<ValueType> types) {
    return read(message, types);
  }

  private static FeatureVector read(byte[] message, @Nullable List<ValueType> types) {
    boolean decimals = FRAME_WITH_DECIMALS.isOf(message);
    AvroFrame frame = decimals ? FRAME_WITH_DECIMALS : FRAME;
    ByteReader in = frame.open(message);
    String featureSet = in.readString();
    String fingerprint = in.readString();
    String requestId = in.readString();
    long eventTime = in.readSigned();
    long availableAt = in.readSigned();
    Map<String, String> entities = AvroFrame.readMap(in);
    Values values = readFeatures(in, decimals ? DECIMAL : STRING, types);
    long ingestedAt = in.readSigned();
    long emittedAt = in.readSigned();
    frame.close(in);
    return new FeatureVector(
        featureSet,
        fingerprint,
        requestId,
        eventTime,
        availableAt,
        entities,
        values,
        ingestedAt,
        emittedAt);
  }

  private static void writeFeatures(Values values, ByteWriter out) {
    if (values.size() > 0) {
      out.writeSigned(values.size());
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.isNull(i)) {
        out.writeSigned(NULL);
        continue;
      }
      out.writeSigned(branch(values.type(i)));
      switch (values.type(i)) {
        case BOOLEAN -> out.writeByte(values.getBoolean(i) ? 1 : 0);
        case LONG, INSTANT -> out.writeSigned(values.bits(i));
        case DOUBLE -> out.writeFixed64(values.bits(i));
        case DECIMAL -> out.writeBlob(BigInteger.valueOf(values.bits(i)).toByteArray());
        case STRING -> out.writeString(Objects.requireNonNull(values.getString(i)));
      }
    }
    out.writeSigned(0);
  }

  private static Values readFeatures(
      ByteReader in, int lastBranch, @Nullable List<ValueType> expected) {
    List<ValueType> found = new ArrayList<>();
    List<@Nullable Object> read = new ArrayList<>();
    for (int count = AvroFrame.readBlock(in, 1); count > 0; count = AvroFrame.readBlock(in, 1)) {
      for (int i = 0; i < count; i++) {
        int feature = found.size();
        long branch = in.readSigned();
        ValueType type = type(branch, lastBranch, feature, expected);
        found.add(type);
        read.add(branch == NULL ? null : readFeature(type, in));
      }
    }
    if (expected != null && found.size() != expected.size()) {
      throw new WireException(
          found.size() + " features where " + expected.size() + " are expected");
    }
    Values values = new Values(expected != null ? expected : List.copyOf(found));
    for (int i = 0; i < found.size(); i++) {
      set(values, i, read.get(i));
    }
    return values;
  }

  private static Object readFeature(ValueType type, ByteReader in) {
    return switch (type) {
      case BOOLEAN -> in.readBoolean();
      case LONG, INSTANT -> in.readSigned();
      case DOUBLE -> Double.longBitsToDouble(in.readFixed64());
      case DECIMAL -> readDecimal(in);
      case STRING -> in.readString();
    };
  }

  /** The millionths of a decimal: Avro's two's complement, greatest byte first. */
  private static long readDecimal(ByteReader in) {
    byte[] bytes = in.readBlob();
    if (bytes.length == 0 || bytes.length > Long.BYTES) {
      throw new WireException("a decimal of " + bytes.length + " bytes where 1 to 8 are expected");
    }
    return new BigInteger(bytes).longValue();
  }

  private static void set(Values values, int index, @Nullable Object value) {
    if (value instanceof Long number) { // or an instant's microseconds, or a decimal's millionths
      values.setLong(index, number);
    } else {
      values.set(index, value);
    }
  }

  private static int branch(ValueType type) {
    return switch (type) {
      case BOOLEAN -> BOOLEAN;
      case LONG, INSTANT -> LONG;
      case DOUBLE -> DOUBLE;
      case DECIMAL -> DECIMAL;
      case STRING -> STRING;
    };
  }

  private static ValueType type(
      long branch, int lastBranch, int feature, @Nullable List<ValueType> expected) {
    if (branch < NULL || branch > lastBranch) {
      throw new WireException(
          "feature " + feature + " is of branch " + branch + " of " + (lastBranch + 1));
    }
    if (expected == null) {
      return switch ((int) branch) {
        case BOOLEAN -> ValueType.BOOLEAN;
        case LONG -> ValueType.LONG;
        case STRING -> ValueType.STRING;
        case DECIMAL -> ValueType.DECIMAL;
        default -> ValueType.DOUBLE;
      };
    }
    if (feature >= expected.size()) {
      throw new WireException("more than the " + expected.size() + " features expected");
    }
    ValueType type = expected.get(feature);
    if (branch != NULL && branch != branch(type)) {
      throw new WireException(
          "feature " + feature + " is of branch " + branch + " where " + type + " is expected");
    }
    return type;
  }
}
