package dev.lockstep.beam.event;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.WireException;

/** Passes over Avro values that nothing needs, each length held against the bytes that remain. */
final class AvroSkip {
  /** Records within records: a type that holds itself could go on for ever. */
  private static final int MOST_DEPTH = 64;

  private AvroSkip() {}

  /**
   * Passes over a value.
   *
   * @throws WireException if the bytes can't be one
   */
  static void skip(AvroValue value, ByteReader in, int depth) {
    switch (value.kind) {
      case NULL -> {}
      case BOOLEAN -> in.readBoolean();
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case STRING, UUID, BYTES, DECIMAL -> in.skip(length(in));
      case FIXED, FIXED_UUID, FIXED_DECIMAL -> in.skip(value.size);
      case RECORD -> {
        for (AvroValue part : value.parts) {
          skip(part, in, deeper(depth));
        }
      }
      case UNION -> skip(branch(value, in), in, deeper(depth));
      case ARRAY -> items(value.parts[0], false, in, deeper(depth));
      case MAP -> items(value.parts[0], true, in, deeper(depth));
      case INT,
          LONG,
          ENUM,
          DATE,
          TIME_OF_DAY,
          MILLIS,
          MICROS,
          NANOS,
          LOCAL_MILLIS,
          LOCAL_MICROS,
          LOCAL_NANOS ->
          in.readSigned();
    }
  }

  /** The blocks of an array or a map; one that says its size in bytes is passed over at once. */
  private static void items(AvroValue item, boolean keyed, ByteReader in, int depth) {
    for (long count = in.readSigned(); count != 0; count = in.readSigned()) {
      if (count < 0) {
        in.skip(length(in));
      } else if (item.empty && !keyed) {
        continue;
      } else if (count > in.remaining()) {
        throw new WireException(
            "a block of " + count + " items where " + in.remaining() + " bytes remain");
      } else {
        for (long i = 0; i < count; i++) {
          if (keyed) {
            in.skip(length(in));
          }
          skip(item, in, depth);
        }
      }
    }
  }

  /** The branch of a union that was written. */
  static AvroValue branch(AvroValue union, ByteReader in) {
    int index = readInt(in);
    if (index < 0 || index >= union.parts.length) {
      throw new WireException("branch " + index + " of a union of " + union.parts.length);
    }
    return union.parts[index];
  }

  static int readInt(ByteReader in) {
    long value = in.readSigned();
    if (value != (int) value) {
      throw new WireException("an int of " + value);
    }
    return (int) value;
  }

  private static int length(ByteReader in) {
    long claimed = in.readSigned();
    if (claimed < 0 || claimed > in.remaining()) {
      throw new WireException(
          "a length of " + claimed + " where " + in.remaining() + " bytes remain");
    }
    return (int) claimed;
  }

  private static int deeper(int depth) {
    if (depth >= MOST_DEPTH) {
      throw new WireException("values within values, more than " + MOST_DEPTH + " deep");
    }
    return depth + 1;
  }
}
