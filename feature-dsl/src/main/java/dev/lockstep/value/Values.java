package dev.lockstep.value;

import dev.lockstep.time.Micros;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mutable row of typed, nullable values, held without boxing: everything but text as 64 bits.
 *
 * <p>Doubles are canonical on the way in (C6): NaN and infinities become null, -0.0 becomes 0.0.
 * Two rows are equal when their types, nulls and bits are.
 */
public final class Values {
  private static final @Nullable String[] NO_STRINGS = new @Nullable String[0];

  private final List<ValueType> types;
  private final long[] bits;
  private final boolean[] present;
  private @Nullable String[] strings = NO_STRINGS;

  /** A row of nulls of the given types. */
  public Values(List<ValueType> types) {
    this.types = types;
    this.bits = new long[types.size()];
    this.present = new boolean[types.size()];
  }

  public List<ValueType> types() {
    return types;
  }

  public ValueType type(int index) {
    return types.get(index);
  }

  public int size() {
    return bits.length;
  }

  public boolean isNull(int index) {
    return !present[index];
  }

  /** The 64 bits of a value that isn't text; 0 for null. */
  public long bits(int index) {
    return bits[index];
  }

  /** The integer, the microseconds of an instant, or a decimal's millionths; 0 for null. */
  public long getLong(int index) {
    return bits[index];
  }

  /** The double; 0.0 for null. */
  public double getDouble(int index) {
    return Double.longBitsToDouble(bits[index]);
  }

  /** The number as a double: an integer widened, a decimal's nearest; 0.0 for null. */
  public double getNumber(int index) {
    return switch (types.get(index)) {
      case DOUBLE -> getDouble(index);
      case DECIMAL -> Decimals.toDouble(bits[index]);
      default -> (double) bits[index];
    };
  }

  /** The boolean; false for null. */
  public boolean getBoolean(int index) {
    return bits[index] != 0;
  }

  /** The text, or null. */
  public @Nullable String getString(int index) {
    return strings.length == 0 ? null : strings[index];
  }

  public void setNull(int index) {
    present[index] = false;
    bits[index] = 0;
    if (strings.length > 0) {
      strings[index] = null;
    }
  }

  /** Sets the raw bits of a value that isn't text, as {@link #bits} gave them. */
  public void setBits(int index, long value) {
    present[index] = true;
    bits[index] = value;
  }

  public void setLong(int index, long value) {
    setBits(index, value);
  }

  public void setBoolean(int index, boolean value) {
    setBits(index, value ? 1 : 0);
  }

  public void setString(int index, String value) {
    present[index] = true;
    if (strings.length == 0) {
      strings = new @Nullable String[bits.length];
    }
    strings[index] = value;
  }

  /**
   * Sets a double in canonical form.
   *
   * @return false if it was NaN or infinite, and is null now
   */
  public boolean setDouble(int index, double value) {
    if (!Double.isFinite(value)) {
      setNull(index);
      return false;
    }
    setBits(index, Double.doubleToRawLongBits(value == 0.0 ? 0.0 : value));
    return true;
  }

  /** A row of the same values, for itself. */
  public Values copy() {
    Values copy = new Values(types);
    System.arraycopy(bits, 0, copy.bits, 0, bits.length);
    System.arraycopy(present, 0, copy.present, 0, present.length);
    copy.strings = strings.length == 0 ? NO_STRINGS : strings.clone();
    return copy;
  }

  /** Copies the bits and the presence of all values but text, which have {@link #size} places. */
  public void copyTo(long[] bitsInto, boolean[] presentInto, int at) {
    System.arraycopy(bits, 0, bitsInto, at, bits.length);
    System.arraycopy(present, 0, presentInto, at, present.length);
  }

  /** Copies one value of another row, whose type must be the same. */
  public void copy(int index, Values from, int fromIndex) {
    if (from.isNull(fromIndex)) {
      setNull(index);
    } else if (types.get(index) == ValueType.STRING) {
      setString(index, Objects.requireNonNull(from.strings[fromIndex]));
    } else {
      setBits(index, from.bits[fromIndex]);
    }
  }

  /** The value as a Boolean, Long, Double, BigDecimal, String or Instant, or null. */
  public @Nullable Object get(int index) {
    if (!present[index]) {
      return null;
    }
    return switch (types.get(index)) {
      case BOOLEAN -> getBoolean(index);
      case LONG -> getLong(index);
      case DOUBLE -> getDouble(index);
      case DECIMAL -> Decimals.toBigDecimal(bits[index]);
      case STRING -> getString(index);
      case INSTANT -> Micros.toInstant(getLong(index));
    };
  }

  /**
   * Sets a value from a Java object of a class that {@link ValueType#of} knows.
   *
   * @return false if it was a NaN or infinite double, and is null now
   * @throws IllegalArgumentException if the object isn't of the column's type
   * @throws ArithmeticException if it is a decimal that {@link Decimals#bitsOf} refuses, or a time
   *     that 64-bit microseconds can't hold
   */
  public boolean set(int index, @Nullable Object value) {
    if (value == null) {
      setNull(index);
      return true;
    }
    ValueType type = types.get(index);
    if (ValueType.of(value.getClass()).orElse(null) != type) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getSimpleName() + " where " + type + " is expected");
    }
    switch (type) {
      case BOOLEAN -> setBoolean(index, (Boolean) value);
      case LONG -> setLong(index, ((Number) value).longValue());
      case DOUBLE -> {
        return setDouble(index, ((Number) value).doubleValue());
      }
      case DECIMAL -> setBits(index, Decimals.bitsOf((BigDecimal) value));
      case STRING -> setString(index, value instanceof Enum<?> e ? e.name() : value.toString());
      case INSTANT ->
          setLong(
              index,
              value instanceof LocalDate date ? Micros.of(date) : Micros.of((Instant) value));
    }
    return true;
  }

  /**
   * The value as a model reads it: a float, NaN where it is null (missing), 1 or 0 for booleans,
   * seconds for instants, the float of its nearest double for a decimal. What lies beyond the
   * floats' range is the greatest or least finite float: trees take no infinity.
   *
   * @throws IllegalStateException for text, which has no number
   */
  public float asModelInput(int index) {
    if (!present[index]) {
      return Float.NaN;
    }
    return switch (types.get(index)) {
      case BOOLEAN, LONG -> (float) bits[index];
      case DOUBLE ->
          (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, getDouble(index)));
      case DECIMAL -> (float) Decimals.toDouble(bits[index]);
      case INSTANT -> (float) (bits[index] / (double) Micros.PER_SECOND);
      case STRING -> throw new IllegalStateException("text has no model input");
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Values that
        && types.equals(that.types)
        && Arrays.equals(present, that.present)
        && Arrays.equals(bits, that.bits)
        && sameStrings(that);
  }

  private boolean sameStrings(Values that) {
    for (int i = 0; i < bits.length; i++) {
      if (!Objects.equals(getString(i), that.getString(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = Arrays.hashCode(bits);
    for (String text : strings) {
      if (text != null) {
        hash = hash * 31 + text.hashCode();
      }
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < bits.length; i++) {
      text.append(i == 0 ? "" : ", ").append(get(i));
    }
    return text.append(']').toString();
  }
}
