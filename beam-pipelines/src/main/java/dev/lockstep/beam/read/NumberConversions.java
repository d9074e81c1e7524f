package dev.lockstep.beam.read;

import dev.lockstep.intake.FieldType;
import dev.lockstep.kernel.DataException;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

/** Of values that pages hold as numbers. The plain ones are loops of their own. */
final class NumberConversions {
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  private NumberConversions() {}

  /** What a value becomes. */
  interface Reading {
    /**
     * Its 64 bits.
     *
     * @throws DataException if it can't be read
     */
    long bits(long raw);
  }

  /** Any rule, a value at a time. */
  static final class Each extends Conversion {
    private final Reading reading;

    Each(Reading reading) {
      this.reading = reading;
    }

    @Override
    void numbers(ColumnBuffer in, int from, int count) {
      long[] bits = in.bits();
      for (int row = from; row < from + count; row++) {
        try {
          bits[row] = reading.bits(bits[row]);
        } catch (DataException e) {
          in.fault(row, e);
        }
      }
    }
  }

  /** Whole numbers that may be too wide. */
  private static final class Checked extends Conversion {
    private final FieldType field;
    private final long least;
    private final long greatest;

    Checked(FieldType field) {
      this.field = field;
      this.least = field.component().least();
      this.greatest = field.component().greatest();
    }

    @Override
    void numbers(ColumnBuffer in, int from, int count) {
      long[] bits = in.bits();
      for (int row = from; row < from + count; row++) {
        if (bits[row] < least || bits[row] > greatest) {
          refuse(in, row, field::ofInteger);
        }
      }
    }
  }

  /** Numbers that are multiplied; what overflows is read by its rule, which refuses it. */
  private static final class Times extends Conversion {
    private final long factor;
    private final Reading overflowing;

    Times(long factor, Reading overflowing) {
      this.factor = factor;
      this.overflowing = overflowing;
    }

    @Override
    void numbers(ColumnBuffer in, int from, int count) {
      long[] bits = in.bits();
      for (int row = from; row < from + count; row++) {
        long low = bits[row] * factor;
        if (Math.multiplyHigh(bits[row], factor) == low >> 63) {
          bits[row] = low;
        } else {
          refuse(in, row, overflowing);
        }
      }
    }
  }

  private static final class Nanos extends Conversion {
    @Override
    void numbers(ColumnBuffer in, int from, int count) {
      long[] bits = in.bits();
      for (int row = from; row < from + count; row++) {
        bits[row] = Math.floorDiv(bits[row], NANOS_PER_MICRO);
      }
    }
  }

  private static void refuse(ColumnBuffer in, int row, Reading reading) {
    try {
      in.bits()[row] = reading.bits(in.bits()[row]);
    } catch (DataException e) {
      in.fault(row, e);
    }
  }

  /**
   * Of whole numbers.
   *
   * @param bits what pages hold of each: 32 or 64
   */
  static Conversion ofIntegers(FieldType field, int bits, boolean signed) {
    if (!signed) {
      return new Each(
          bits == Long.SIZE
              ? field::ofUnsigned
              : raw -> field.ofInteger(raw & UNSIGNED_INT)); // pages have them as signed ints
    }
    if (field.type() != ValueType.LONG) {
      return field.type() == ValueType.DECIMAL
          ? new Times(Decimals.UNIT, field::ofInteger)
          : new Each(field::ofInteger);
    }
    boolean wider =
        bits == Long.SIZE
            ? field.component().greatest() < Long.MAX_VALUE
            : field.component().greatest() < Integer.MAX_VALUE;
    return wider ? new Checked(field) : Conversion.NONE;
  }

  /** Of binary numbers, which pages or we have widened to doubles. */
  static Conversion ofDoubles(FieldType field, boolean areFloats) {
    boolean asTheyAre = field.type() == ValueType.DOUBLE && (areFloats || !field.isFloat());
    return asTheyAre
        ? Conversion.NONE
        : new Each(raw -> field.ofDouble(Double.longBitsToDouble(raw)));
  }

  static Conversion ofDecimals(FieldType field, int scale) {
    if (field.type() == ValueType.DECIMAL && scale <= Decimals.SCALE) {
      long factor = BigDecimal.ONE.movePointRight(Decimals.SCALE - scale).longValueExact();
      return new Times(factor, raw -> field.ofDecimal(BigDecimal.valueOf(raw, scale)));
    }
    return scale == 0 && field.type() == ValueType.LONG
        ? new Checked(field)
        : new Each(raw -> field.ofDecimal(BigDecimal.valueOf(raw, scale)));
  }

  static Conversion ofDays(FieldType field) {
    return new Each(field::ofDay);
  }

  static Conversion ofTimestamps(FieldType field, TimestampLogicalTypeAnnotation written) {
    ChronoUnit unit = unit(written.getUnit());
    if (!written.isAdjustedToUTC() && !isUtc(field.instants().zone())) {
      return new Each(raw -> field.ofLocalMicros(field.ofInstant(raw, unit)));
    }
    return switch (written.getUnit()) {
      case MICROS -> Conversion.NONE;
      case MILLIS -> new Times(Micros.PER_MILLI, raw -> field.ofInstant(raw, unit));
      case NANOS -> new Nanos();
    };
  }

  static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case MICROS -> ChronoUnit.MICROS;
      case MILLIS -> ChronoUnit.MILLIS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }

  private static boolean isUtc(ZoneId zone) {
    return zone.getRules().isFixedOffset()
        && zone.getRules().getOffset(java.time.Instant.EPOCH).getTotalSeconds() == 0;
  }
}
