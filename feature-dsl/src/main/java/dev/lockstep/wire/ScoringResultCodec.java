package dev.lockstep.wire;

import dev.lockstep.value.ScoringResult;
import java.util.Map;

/**
 * The bytes of a {@link ScoringResult} on its topic: an Avro message ({@link AvroFrame}). Times are
 * microseconds since the epoch.
 */
public final class ScoringResultCodec {
  /** The Avro schema, in parsing canonical form. */
  public static final String SCHEMA =
      "{\"name\":\"dev.lockstep.ScoringResult\",\"type\":\"record\",\"fields\":["
          + "{\"name\":\"feature_set\",\"type\":\"string\"},"
          + "{\"name\":\"request_id\",\"type\":\"string\"},"
          + "{\"name\":\"entities\",\"type\":{\"type\":\"map\",\"values\":\"string\"}},"
          + "{\"name\":\"score\",\"type\":\"double\"},"
          + "{\"name\":\"threshold\",\"type\":\"double\"},"
          + "{\"name\":\"model_name\",\"type\":\"string\"},"
          + "{\"name\":\"model_version\",\"type\":\"string\"},"
          + "{\"name\":\"fingerprint\",\"type\":\"string\"},"
          + "{\"name\":\"event_time\",\"type\":\"long\"},"
          + "{\"name\":\"available_at\",\"type\":\"long\"},"
          + "{\"name\":\"ingested_at\",\"type\":\"long\"},"
          + "{\"name\":\"emitted_at\",\"type\":\"long\"},"
          + "{\"name\":\"scored_at\",\"type\":\"long\"}]}";

  private static final AvroFrame FRAME = new AvroFrame("ScoringResult", SCHEMA);

  private ScoringResultCodec() {}

  public static byte[] toBytes(ScoringResult result) {
    ByteWriter out = FRAME.open();
    out.writeString(result.featureSet());
    out.writeString(result.requestId());
    AvroFrame.writeMap(result.entities(), out);
    out.writeFixed64(Double.doubleToLongBits(result.score()));
    out.writeFixed64(Double.doubleToLongBits(result.threshold()));
    out.writeString(result.modelName());
    out.writeString(result.modelVersion());
    out.writeString(result.fingerprint());
    out.writeSigned(result.eventTimeMicros());
    out.writeSigned(result.availableAtMicros());
    out.writeSigned(result.ingestedAtMicros());
    out.writeSigned(result.emittedAtMicros());
    out.writeSigned(result.scoredAtMicros());
    return out.toByteArray();
  }

  /**
   * The result in a message.
   *
   * @throws WireException if the bytes are no such message, or the score or threshold is no number
   */
  public static ScoringResult fromBytes(byte[] message) {
    ByteReader in = FRAME.open(message);
    String featureSet = in.readString();
    String requestId = in.readString();
    Map<String, String> entities = AvroFrame.readMap(in);
    double score = readFinite("score", in);
    double threshold = readFinite("threshold", in);
    ScoringResult result =
        new ScoringResult(
            featureSet,
            requestId,
            entities,
            score,
            threshold,
            in.readString(),
            in.readString(),
            in.readString(),
            in.readSigned(),
            in.readSigned(),
            in.readSigned(),
            in.readSigned(),
            in.readSigned());
    FRAME.close(in);
    return result;
  }

  private static double readFinite(String field, ByteReader in) {
    double value = Double.longBitsToDouble(in.readFixed64());
    if (!Double.isFinite(value)) {
      throw new WireException("a " + field + " of " + value);
    }
    return value;
  }
}
