package dev.lockstep.beam.snapshot;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a training set that waits for its label: its features are what was known on its day, and
 * stay so.
 *
 * <pre>
 * event time        8 bytes, least first: so that a row that waits on is told without reading it
 * available at      zigzag varint, less the event time
 * request id        string
 * label key         whether it has one (one byte); then the key as string
 * entities n        varint; each: whether it has a key (one byte); then the key as string
 * features          {@link ValuesCodec}; behind them what the label reads of the request
 * </pre>
 *
 * @param requestId the declared id, else the name by the file that it is from
 * @param labelKey what the label is asked by; null where the request doesn't say, and has no label
 * @param entityKeys in the order of the training set's columns
 */
public record WaitingRow(
    long eventTimeMicros,
    long availableAtMicros,
    String requestId,
    @Nullable String labelKey,
    List<@Nullable String> entityKeys,
    Values features) {

  /** The event time of a row of such bytes. */
  public static long eventTimeOf(byte[] bytes) {
    return new ByteReader(bytes).readFixed64();
  }

  public void write(ByteWriter out) {
    out.writeFixed64(eventTimeMicros);
    out.writeSigned(availableAtMicros - eventTimeMicros);
    out.writeString(requestId);
    writeKey(labelKey, out);
    out.writeVarint(entityKeys.size());
    for (String key : entityKeys) {
      writeKey(key, out);
    }
    ValuesCodec.write(features, out);
  }

  /**
   * The row of such bytes.
   *
   * @param featureTypes of the plan, and of what its label reads of the request
   * @throws WireException if they aren't one
   */
  public static WaitingRow read(List<ValueType> featureTypes, ByteReader in) {
    long eventTime = in.readFixed64();
    long availableAt = eventTime + in.readSigned();
    String requestId = in.readString();
    String labelKey = readKey(in);
    int n = in.readCount(1);
    List<@Nullable String> entityKeys = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      entityKeys.add(readKey(in));
    }
    Values features = ValuesCodec.read(featureTypes, in);
    in.requireEnd("waiting row");
    return new WaitingRow(eventTime, availableAt, requestId, labelKey, entityKeys, features);
  }

  private static void writeKey(@Nullable String key, ByteWriter out) {
    out.writeByte(key == null ? 0 : 1);
    if (key != null) {
      out.writeString(key);
    }
  }

  private static @Nullable String readKey(ByteReader in) {
    return in.readBoolean() ? in.readString() : null;
  }
}
