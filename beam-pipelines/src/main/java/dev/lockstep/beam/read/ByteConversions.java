package dev.lockstep.beam.read;

import dev.lockstep.intake.FieldType;
import dev.lockstep.kernel.DataException;
import dev.lockstep.time.Micros;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Of values that pages hold as bytes. */
final class ByteConversions {
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long MICROS_PER_DAY = 86_400 * Micros.PER_SECOND;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final char REPLACEMENT = '\uFFFD';

  private ByteConversions() {}

  /** What a value becomes. */
  private interface Reading {
    long bits(byte[] bytes, int offset, int length);
  }

  private static Conversion each(Reading reading) {
    return new Conversion() {
      @Override
      void bytes(ColumnBuffer into, int row, byte[] bytes, int offset, int length) {
        try {
          into.bits()[row] = reading.bits(bytes, offset, length);
        } catch (DataException e) {
          into.fault(row, e);
        }
      }
    };
  }

  /** Text of a text component. */
  static final class Text extends Conversion {
    private final FieldType field;

    Text(FieldType field) {
      this.field = field;
    }

    @Override
    void bytes(ColumnBuffer into, int row, byte[] bytes, int offset, int length) {
      try {
        into.text(row, field.known(text(field, bytes, offset, length)));
      } catch (DataException e) {
        into.fault(row, e);
      }
    }
  }

  /** Text that says a number, an instant or a day. */
  static Conversion ofMeaningText(FieldType field) {
    return each((bytes, offset, length) -> field.ofText(text(field, bytes, offset, length)));
  }

  private static String text(FieldType field, byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) { // which valid text may have too
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
      } catch (CharacterCodingException e) {
        throw field.notUtf8();
      }
    }
    return text;
  }

  /** A UUID's sixteen bytes as text, in lower case. */
  static Conversion ofUuids() {
    return new Conversion() {
      @Override
      void bytes(ColumnBuffer into, int row, byte[] bytes, int offset, int length) {
        ByteBuffer uuid = ByteBuffer.wrap(bytes, offset, length);
        into.text(row, new UUID(uuid.getLong(), uuid.getLong()).toString());
      }
    };
  }

  /** Decimals in two's complement, greatest byte first. */
  static Conversion ofDecimals(FieldType field, int scale) {
    return each(
        (bytes, offset, length) -> {
          if (length == 0) {
            throw field.mistyped("a decimal without digits");
          }
          return field.ofDecimal(new BigDecimal(new BigInteger(bytes, offset, length), scale));
        });
  }

  /** Nanoseconds of a day and its Julian number, lowest bytes first: in UTC. */
  static Conversion ofInt96(FieldType field) {
    return each(
        (bytes, offset, length) -> {
          ByteBuffer time = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
          long nanos = time.getLong();
          int day = time.getInt();
          try {
            long midnight = Math.multiplyExact(day - JULIAN_DAY_OF_EPOCH, MICROS_PER_DAY);
            return field.ofInstant(
                Math.addExact(midnight, Math.floorDiv(nanos, NANOS_PER_MICRO)), ChronoUnit.MICROS);
          } catch (ArithmeticException e) {
            throw field.mistyped(
                "a time in Julian day " + day + ", which 64-bit microseconds can't hold,");
          }
        });
  }

  /** Numbers of half precision, lowest byte first. */
  static Conversion ofHalves(FieldType field) {
    return each(
        (bytes, offset, length) ->
            field.ofDouble(half((bytes[offset] & 0xFF) | (bytes[offset + 1] << Byte.SIZE))));
  }

  /** IEEE 754's binary16: a sign, five bits of exponent, ten of fraction. */
  private static double half(int bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    double magnitude;
    if (exponent == 0x1F) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else {
      magnitude =
          exponent == 0
              ? Math.scalb((double) fraction, -24)
              : Math.scalb((double) (fraction | 0x400), exponent - 25);
    }
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }
}
