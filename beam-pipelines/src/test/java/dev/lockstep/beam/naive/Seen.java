package dev.lockstep.beam.naive;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What stands in a cell or field, before anyone asks for which component. */
public sealed interface Seen {
  /** A null, or nothing. */
  record Nothing() implements Seen {}

  /** True or false. */
  record Bool(boolean value) implements Seen {}

  /** A number by its exact value: an integer, a decimal, or a JSON number as it is written. */
  record Exact(BigDecimal value) implements Seen {
    static Exact of(long value) {
      return new Exact(BigDecimal.valueOf(value));
    }

    static Exact of(BigInteger value) {
      return new Exact(new BigDecimal(value));
    }
  }

  /** A binary fraction: a FLOAT widened, a DOUBLE, NaN or infinity. */
  record Real(double value) implements Seen {}

  /** Text, as bytes that may be no UTF-8. */
  record Bytes(byte[] utf8) implements Seen {}

  /** Text, as characters that may hold half a surrogate. */
  record Text(String value) implements Seen {}

  /**
   * A time by its type: nanoseconds since the epoch.
   *
   * @param local whether it is a wall clock's in a zone that the source declares
   */
  record Stamp(BigInteger nanos, boolean local) implements Seen {}

  /** A day, as days since 1970-01-01. */
  record Day(long epochDay) implements Seen {}

  /** Text of a folder's name, which is a number where one is asked for. */
  record Label(String value) implements Seen {}

  /** A field that one message has more than once. */
  record Twice() implements Seen {}

  /** An object or a list. */
  record Composite(String kind) implements Seen {}
}
