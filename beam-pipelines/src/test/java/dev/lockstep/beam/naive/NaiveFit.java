package dev.lockstep.beam.naive;

import dev.lockstep.beam.naive.Fault.Thrown;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * C17: what a component makes of what was seen.
 *
 * <p>Decided here, where the rule is silent:
 *
 * <ul>
 *   <li>"Rounded once" is from the number as it is written: the JSON number {@code 0.1} to the
 *       nearest float at once, a LONG to the nearest float at once.
 *   <li>A number for an integer is whole by value: 3.0, 1e3, a DECIMAL 3.0000. NaN and infinity for
 *       an integer or a decimal are of a wrong width; for a double they are no fault (C6).
 *   <li>Text is a number where it is an optional sign, ASCII digits, a point between digits and an
 *       exponent of at most nine; no space stands around it. The texts {@code NaN}, {@code
 *       Infinity} and {@code -Infinity} are read for doubles and floats alone. A binary fraction
 *       (FLOAT, DOUBLE) is no decimal.
 *   <li>A number is no text, and nothing but a boolean is a boolean.
 *   <li>A day is a date of its type, or its text alone; no instant, and no number. A UUID is text
 *       of 36 characters, in either case. A constant is called by its name, letter for letter.
 * </ul>
 */
final class NaiveFit {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");

  private static final Pattern UUID_TEXT =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private NaiveFit() {}

  /**
   * The value in the component's own Java type (int, Float, String, ...), as a constructor takes
   * it, NaN included; null only where it can be.
   */
  static @Nullable Object fit(NaiveRecord.Component component, Seen seen, NaiveSource source)
      throws Thrown {
    if (seen instanceof Seen.Nothing) {
      if (component.nullable()) {
        return null;
      }
      throw new Thrown(Cause.NULL, "a " + component.javaType() + " can't be null");
    }
    if (seen instanceof Seen.Twice) {
      throw new Thrown(Cause.DOCUMENT, "the field is there twice");
    }
    if (seen instanceof Seen.Composite composite) {
      throw new Thrown(Cause.KIND, "a " + composite.kind());
    }
    Class<?> type = component.javaType();
    if (type == String.class) {
      return text(seen);
    }
    if (type == Instant.class) {
      return instant(seen, source);
    }
    if (type == boolean.class || type == Boolean.class) {
      return bool(seen);
    }
    if (type == LocalDate.class) {
      return day(seen);
    }
    if (type == UUID.class) {
      String text = text(seen);
      if (!UUID_TEXT.matcher(text).matches()) {
        throw new Thrown(Cause.KIND, text + " is no UUID");
      }
      String digits = text.replace("-", "");
      return new UUID(
          Long.parseUnsignedLong(digits.substring(0, 16), 16),
          Long.parseUnsignedLong(digits.substring(16), 16));
    }
    if (type.isEnum()) {
      String text = text(seen);
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
      throw new Thrown(Cause.KIND, text + " is no constant");
    }
    return number(type, seen);
  }

  private static LocalDate day(Seen seen) throws Thrown {
    if (seen instanceof Seen.Day day) {
      return NaiveInstants.day(LocalDate.ofEpochDay(day.epochDay()));
    }
    if (!isText(seen)) {
      throw new Thrown(Cause.KIND, seen + " is no day");
    }
    return NaiveInstants.day(textOf(seen));
  }

  private static Object number(Class<?> type, Seen seen) throws Thrown {
    if (type == double.class || type == Double.class) {
      return seen instanceof Seen.Real real ? real.value() : infiniteAware(seen).doubleValue();
    }
    if (type == float.class || type == Float.class) {
      return seen instanceof Seen.Real real
          ? (float) real.value()
          : infiniteAware(seen).floatValue();
    }
    if (type == BigDecimal.class) {
      return decimal(seen);
    }
    BigInteger whole = whole(seen);
    if (type == byte.class || type == Byte.class) {
      return (byte) inRange(whole, 7);
    }
    if (type == short.class || type == Short.class) {
      return (short) inRange(whole, 15);
    }
    if (type == int.class || type == Integer.class) {
      return (int) inRange(whole, 31);
    }
    return inRange(whole, 63);
  }

  private static Number infiniteAware(Seen seen) throws Thrown {
    if (seen instanceof Seen.Exact exact) {
      BigDecimal value = exact.value();
      if (value.signum() == 0 || magnitude(value) < -400) {
        return 0.0;
      }
      return magnitude(value) > 400 ? value.signum() * Double.POSITIVE_INFINITY : value;
    }
    return switch (textOf(seen)) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> infiniteAware(numberText(seen));
    };
  }

  /** The number of digits before the point; negative for zeros behind it. */
  private static long magnitude(BigDecimal value) {
    return (long) value.precision() - value.scale();
  }

  private static BigInteger whole(Seen seen) throws Thrown {
    BigDecimal value;
    if (seen instanceof Seen.Real real) {
      if (!Double.isFinite(real.value())) {
        throw new Thrown(Cause.WIDTH, real.value() + " is no integer");
      }
      value = new BigDecimal(real.value());
    } else if (seen instanceof Seen.Exact exact) {
      value = exact.value();
    } else {
      value = numberText(seen).value();
    }
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    if (magnitude(value) > 25 || magnitude(value) < 1) {
      throw new Thrown(Cause.WIDTH, value + " is no 64-bit integer");
    }
    try {
      return value.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new Thrown(Cause.WIDTH, value + " isn't whole");
    }
  }

  private static long inRange(BigInteger value, int bits) throws Thrown {
    if (value.bitLength() > bits) {
      throw new Thrown(Cause.WIDTH, value + " doesn't fit " + (bits + 1) + " bits");
    }
    return value.longValue();
  }

  private static BigDecimal decimal(Seen seen) throws Thrown {
    if (isText(seen)) {
      return decimal(numberText(seen));
    }
    if (seen instanceof Seen.Real real && !Double.isFinite(real.value())) {
      throw new Thrown(Cause.WIDTH, real.value() + " is no decimal");
    }
    if (!(seen instanceof Seen.Exact exact)) {
      throw new Thrown(Cause.KIND, seen + " is no decimal");
    }
    BigDecimal value = exact.value();
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(6);
    }
    if (magnitude(value) > 25 || magnitude(value) < -6) {
      throw new Thrown(Cause.WIDTH, value + " is beyond decimals");
    }
    try {
      BigDecimal millionths = value.setScale(6, RoundingMode.UNNECESSARY);
      if (millionths.unscaledValue().bitLength() < Long.SIZE) {
        return millionths;
      }
    } catch (ArithmeticException e) {
      throw new Thrown(Cause.WIDTH, value + " has more than six digits behind the point");
    }
    throw new Thrown(Cause.WIDTH, value + " is beyond decimals");
  }

  private static Seen.Exact numberText(Seen seen) throws Thrown {
    String text = textOf(seen);
    if (!NUMBER.matcher(text).matches()) {
      throw new Thrown(Cause.KIND, seen + " is no number");
    }
    return new Seen.Exact(new BigDecimal(text));
  }

  private static String text(Seen seen) throws Thrown {
    String text = textOf(seen);
    if (text.isEmpty() && !isText(seen)) {
      throw new Thrown(Cause.KIND, seen + " is no text");
    }
    return NaiveText.whole(text);
  }

  private static boolean isText(Seen seen) {
    return seen instanceof Seen.Text || seen instanceof Seen.Bytes || seen instanceof Seen.Label;
  }

  private static String textOf(Seen seen) throws Thrown {
    if (seen instanceof Seen.Text text) {
      return text.value();
    }
    if (seen instanceof Seen.Label label) {
      return label.value();
    }
    return seen instanceof Seen.Bytes bytes ? NaiveText.of(bytes.utf8()) : "";
  }

  private static Instant instant(Seen seen, NaiveSource source) throws Thrown {
    if (seen instanceof Seen.Stamp stamp) {
      return NaiveInstants.of(stamp, source.zone());
    }
    if (seen instanceof Seen.Day day) {
      return NaiveInstants.ofDay(day.epochDay(), source.zone());
    }
    if (seen instanceof Seen.Exact exact) {
      return NaiveInstants.of(exact.value(), source.unit());
    }
    if (seen instanceof Seen.Real real) {
      return NaiveInstants.of(real.value(), source.unit());
    }
    if (!isText(seen)) {
      throw new Thrown(Cause.KIND, seen + " is no instant");
    }
    return NaiveInstants.of(textOf(seen), source.zone());
  }

  private static boolean bool(Seen seen) throws Thrown {
    if (seen instanceof Seen.Bool bool) {
      return bool.value();
    }
    if (seen instanceof Seen.Label label && label.value().matches("true|false")) {
      return label.value().equals("true");
    }
    textOf(seen); // text that is none is that first
    throw new Thrown(Cause.KIND, seen + " is no boolean");
  }
}
