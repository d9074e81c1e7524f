package dev.lockstep.wire;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of a row of values whose types both sides know: one form for each row.
 *
 * <pre>
 * one bit a value, least first: 1 = present   ceil(n / 8) bytes
 * each present value, in order:
 *   BOOLEAN                  one byte, 0 or 1
 *   LONG, DECIMAL, INSTANT   zigzag varint
 *   DOUBLE                   8 bytes, least first
 *   STRING                   zigzag varint length, UTF-8
 * </pre>
 */
public final class ValuesCodec {
  private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

  private ValuesCodec() {}

  public static void write(Values values, ByteWriter out) {
    for (int i = 0; i < values.size(); i += 8) {
      int present = 0;
      for (int j = i; j < Math.min(i + 8, values.size()); j++) {
        present |= values.isNull(j) ? 0 : 1 << (j - i);
      }
      out.writeByte(present);
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.isNull(i)) {
        continue;
      }
      switch (values.type(i)) {
        case BOOLEAN -> out.writeByte((int) values.bits(i));
        case LONG, DECIMAL, INSTANT -> out.writeSigned(values.bits(i));
        case DOUBLE -> out.writeFixed64(values.bits(i));
        case STRING -> out.writeString(Objects.requireNonNull(values.getString(i)));
      }
    }
  }

  public static Values read(List<ValueType> types, ByteReader in) {
    Values values = new Values(types);
    readInto(values, in);
    return values;
  }

  /**
   * The bits of a double as rows and states hold it (C6): finite, and zero without a sign.
   *
   * @throws WireException if it is another
   */
  public static long readDoubleBits(ByteReader in) {
    long bits = in.readFixed64();
    double value = Double.longBitsToDouble(bits);
    if (!Double.isFinite(value) || bits == NEGATIVE_ZERO) {
      throw new WireException("a " + value + " in a state, which never holds one");
    }
    return bits;
  }

  /** Reads over a row of the types that were written. */
  public static void readInto(Values values, ByteReader in) {
    int size = values.size();
    int present = in.position();
    in.skip((size + 7) / 8);
    if (size % 8 != 0 && (in.byteAt(present + size / 8) & 0xFF) >> (size % 8) != 0) {
      throw new WireException("presence said of more than " + size + " values");
    }
    for (int i = 0; i < size; i++) {
      if ((in.byteAt(present + i / 8) >> (i % 8) & 1) == 0) {
        values.setNull(i);
        continue;
      }
      switch (values.type(i)) {
        case BOOLEAN -> values.setBoolean(i, in.readBoolean());
        case LONG, DECIMAL, INSTANT -> values.setLong(i, in.readSigned());
        case DOUBLE -> values.setBits(i, readDoubleBits(in));
        case STRING -> values.setString(i, in.readString());
      }
    }
  }
}
