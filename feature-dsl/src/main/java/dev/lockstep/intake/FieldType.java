package dev.lockstep.intake;

import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.InstantReading;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.DoubleText;
import dev.lockstep.value.Shown;
import dev.lockstep.value.Utf16;
import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How what files and messages hold becomes a value of one component (C1, C6, C17): the only such
 * rule, on every path. Immutable.
 *
 * <p>What has a value of a component other than text gives 64 bits, as {@link
 * dev.lockstep.value.Values#bits} has them; those of a DOUBLE may be NaN or infinite, and -0.0.
 * What can't be read as the component throws a {@link DataException} that names it.
 */
public final class FieldType {
  /** As many as a JSON number may have; text is read in the square of its length. */
  private static final int MOST_DIGITS = 1_000;

  private static final double LONG_END = 0x1p63;

  private final RecordSchema.Component component;
  private final InstantReading instants;
  private final boolean isFloat;
  private final long least;
  private final long greatest;
  private final boolean isDate;

  /** The texts that it takes; null where it is free text, or no text. */
  private final @Nullable KnownTexts knownTexts;

  /**
   * @param instants how the source's instants are written
   */
  public FieldType(RecordSchema.Component component, InstantReading instants) {
    this.component = component;
    this.instants = instants;
    this.isFloat = component.isFloat();
    this.least = component.least();
    this.greatest = component.greatest();
    this.isDate = component.isDate();
    this.knownTexts = KnownTexts.of(component);
  }

  public RecordSchema.Component component() {
    return component;
  }

  public ValueType type() {
    return component.type();
  }

  /** Whether it is a day of the calendar, which is no point in time. */
  public boolean isDate() {
    return isDate;
  }

  /** Whether it is an instant: a point in time, and no day. */
  public boolean isInstant() {
    return component.type() == ValueType.INSTANT && !isDate;
  }

  /** Whether it is text of any kind: no enum's constant, and no UUID. */
  public boolean isFreeText() {
    return component.isFreeText();
  }

  /** How its source's instants are written. */
  public InstantReading instants() {
    return instants;
  }

  /** Whether its numbers are floats: text of a number is best read as one, to be rounded once. */
  public boolean isFloat() {
    return isFloat;
  }

  /** A whole number; of an instant in the source's unit. */
  public long ofInteger(long value) {
    return switch (component.type()) {
      case LONG -> inWidth(value);
      case DOUBLE -> Double.doubleToRawLongBits(isFloat ? (float) value : (double) value);
      case DECIMAL -> {
        long high = Math.multiplyHigh(value, Decimals.UNIT);
        long low = value * Decimals.UNIT;
        if (high != low >> 63) {
          throw refused(Decimals.beyond(Long.toString(value)));
        }
        yield low;
      }
      case INSTANT -> {
        requireInstant(value);
        try {
          yield instants.ofNumber(value);
        } catch (DateTimeException e) {
          throw refused(e);
        }
      }
      case BOOLEAN, STRING -> throw mistyped("the number " + value);
    };
  }

  /** An unsigned whole number, given as its 64 bits. */
  public long ofUnsigned(long value) {
    return value >= 0 ? ofInteger(value) : ofDecimal(new BigDecimal(Long.toUnsignedString(value)));
  }

  /** A binary number; NaN and infinities only where doubles are expected. */
  public long ofDouble(double value) {
    switch (component.type()) {
      case DOUBLE -> {
        return Double.doubleToRawLongBits(isFloat ? (float) value : value);
      }
      case LONG -> {
        if (value >= -LONG_END && value < LONG_END && value == Math.rint(value)) {
          return inWidth((long) value);
        }
      }
      case INSTANT -> {
        if (Double.isFinite(value) && !isDate) {
          // Its shortest text, as JSON would write it: its exact value may be just below a
          // microsecond.
          return ofDecimal(new BigDecimal(DoubleText.of(value)));
        }
      }
      case DECIMAL ->
          throw refused(
              new ArithmeticException(
                  "a double can't become a decimal exactly; write decimals, or declare a double"));
      case BOOLEAN, STRING -> {}
    }
    throw mistyped("the number " + value);
  }

  /** A decimal number, by its value: zeros behind its last digit don't matter. */
  public long ofDecimal(BigDecimal value) {
    try {
      switch (component.type()) {
        case DOUBLE -> {
          return Double.doubleToRawLongBits(isFloat ? value.floatValue() : value.doubleValue());
        }
        case DECIMAL -> {
          return Decimals.bitsOf(value);
        }
        case INSTANT -> {
          requireInstant(value);
          return instants.ofNumber(value);
        }
        case LONG -> {
          if (isWholeLong(value)) {
            return inWidth(value.longValueExact());
          }
        }
        case BOOLEAN, STRING -> {}
      }
    } catch (ArithmeticException | DateTimeException e) {
      throw refused(e);
    }
    throw mistyped("the number " + value);
  }

  private void requireInstant(Object number) {
    if (isDate) {
      throw mistyped("the number " + number);
    }
  }

  /** Whether it is whole and has so few digits that scaling it is cheap; not whether it fits. */
  private boolean isWholeLong(BigDecimal value) {
    if (value.signum() == 0) {
      return true;
    }
    if ((long) value.precision() - value.scale() > 19) {
      throw tooWide(value.toString());
    }
    BigDecimal whole = value.stripTrailingZeros();
    if (whole.scale() > 0) {
      return false;
    }
    if (whole.toBigInteger().bitLength() > 63) {
      throw tooWide(whole.toPlainString());
    }
    return true;
  }

  public long ofBoolean(boolean value) {
    if (component.type() != ValueType.BOOLEAN) {
      throw mistyped("the boolean " + value);
    }
    return value ? 1 : 0;
  }

  /** An instant whose column or field says its unit. */
  public long ofInstant(long value, ChronoUnit unit) {
    return instant(() -> InstantReading.ofUnit(value, unit));
  }

  /** A time without a zone, in microseconds since 1970-01-01T00:00: in the source's zone. */
  public long ofLocalMicros(long value) {
    return instant(() -> instants.ofLocalMicros(value));
  }

  /**
   * A day, as days since 1970-01-01: where a day is asked for that day, where an instant is its
   * first one in the source's zone.
   */
  public long ofDay(long epochDay) {
    return isDate
        ? read(() -> InstantReading.ofDate(epochDay))
        : instant(() -> instants.ofDay(epochDay));
  }

  private interface Reading {
    long micros();
  }

  private long instant(Reading reading) {
    if (!isInstant()) {
      throw mistyped("an instant");
    }
    return read(reading);
  }

  private long read(Reading reading) {
    try {
      return reading.micros();
    } catch (DateTimeException e) {
      throw refused(e);
    }
  }

  /** What text says of a component that isn't text: ISO 8601, or a number as JSON writes it. */
  public long ofText(String value) {
    switch (component.type()) {
      case INSTANT -> {
        return read(() -> isDate ? InstantReading.ofDateText(value) : instants.ofText(value));
      }
      case LONG, DECIMAL -> {
        if (isNumber(value)) {
          return ofDecimal(new BigDecimal(value));
        }
      }
      case DOUBLE -> {
        if (isNumber(value)) {
          return Double.doubleToRawLongBits(
              isFloat ? Float.parseFloat(value) : Double.parseDouble(value));
        }
        if (value.equals("NaN") || value.equals("Infinity") || value.equals("-Infinity")) {
          return Double.doubleToRawLongBits(Double.parseDouble(value));
        }
      }
      case BOOLEAN, STRING -> {}
    }
    throw mistyped("the text \"" + Shown.text(value) + "\"");
  }

  /**
   * Text of a text component: as it is, or what {@link #known} makes of it.
   *
   * @throws DataException if it has half a surrogate pair, or isn't known
   */
  public String text(String value) {
    if (!Utf16.isText(value)) {
      throw new DataException(named("has half a surrogate pair, which is no text"));
    }
    return known(value);
  }

  /**
   * Valid text of a text component: as it is where that is free, a UUID in lower case, the name of
   * an enum's constant.
   *
   * @throws DataException if it is no UUID, or no constant's name
   */
  public String known(String valid) {
    if (knownTexts == null) {
      return valid;
    }
    String found = knownTexts.find(valid);
    if (found == null) {
      throw mistyped("the text \"" + valid + "\"");
    }
    return found;
  }

  /** Digits with an optional sign, point and exponent: more than JSON has, but no other script. */
  private static boolean isNumber(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int end = digits(text, at);
    if (end == at || text.length() > MOST_DIGITS) {
      return false;
    }
    if (end < text.length() && text.charAt(end) == '.') {
      int point = end + 1;
      end = digits(text, point);
      if (end == point) {
        return false;
      }
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int sign = end + 1;
      boolean signed =
          sign < text.length() && (text.charAt(sign) == '-' || text.charAt(sign) == '+');
      int exponent = signed ? sign + 1 : sign;
      end = digits(text, exponent);
      if (end == exponent || end - exponent > 9) {
        return false;
      }
    }
    return end == text.length();
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private long inWidth(long value) {
    if (value < least || value > greatest) {
      throw tooWide(Long.toString(value));
    }
    return value;
  }

  private DataException tooWide(String value) {
    return new DataException(
        named("is " + shown(value) + ", which a component of type " + typeName() + " can't hold"));
  }

  /** A null, or nothing at all, where the component can hold no null. */
  public DataException missing() {
    return new DataException(
        named("is null or missing, which a component of type " + typeName() + " can't be"));
  }

  /** Something that is no value of the component; {@code seen} says what. */
  public DataException mistyped(String seen) {
    return new DataException(
        named("is " + shown(seen) + " where a value of type " + typeName() + " is expected"));
  }

  /** Text whose bytes are none. */
  public DataException notUtf8() {
    return new DataException(named("has bytes that are no UTF-8"));
  }

  /** A field that one message has twice. */
  DataException twice() {
    return new DataException(named("is there twice"));
  }

  private DataException refused(RuntimeException reason) {
    return new DataException(
        "["
            + component.fieldName()
            + "]: "
            + (component.sensitive()
                ? "a value that isn't shown can't be held"
                : String.valueOf(reason.getMessage())));
  }

  private String named(String rest) {
    return "[" + component.fieldName() + "] " + rest;
  }

  private String shown(String value) {
    return component.sensitive() ? "a value that isn't shown" : Shown.text(value);
  }

  private String typeName() {
    return knownTexts == null ? component.narrowName() : knownTexts.inWords();
  }
}
