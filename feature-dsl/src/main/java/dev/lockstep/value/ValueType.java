package dev.lockstep.value;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The type of a value: what a record component may be and what a feature may be. */
public enum ValueType {
  /** true or false; 1 or 0 for a model. */
  BOOLEAN,
  /** A signed 64-bit integer; narrower Java integers widen to it. */
  LONG,
  /** A finite IEEE double; NaN and infinities are null, -0.0 is 0.0 (C6). */
  DOUBLE,
  /** An exact decimal: a signed 64-bit count of millionths ({@link Decimals}). */
  DECIMAL,
  /** Text; an enum's constant is its name, a UUID its text in lower case. */
  STRING,
  /** Microseconds since the epoch; a LocalDate is its first instant in UTC. */
  INSTANT;

  private static final Map<Class<?>, ValueType> BY_CLASS =
      Map.ofEntries(
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(byte.class, LONG),
          Map.entry(Byte.class, LONG),
          Map.entry(short.class, LONG),
          Map.entry(Short.class, LONG),
          Map.entry(int.class, LONG),
          Map.entry(Integer.class, LONG),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(float.class, DOUBLE),
          Map.entry(Float.class, DOUBLE),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(BigDecimal.class, DECIMAL),
          Map.entry(String.class, STRING),
          Map.entry(UUID.class, STRING),
          Map.entry(Instant.class, INSTANT),
          Map.entry(LocalDate.class, INSTANT));

  /** The value type of a Java class, or empty if values of that class can't be held. */
  public static Optional<ValueType> of(Class<?> javaClass) {
    ValueType type = BY_CLASS.get(javaClass);
    // A constant with a body is of a class of its own, whose parent is the enum.
    boolean isEnum = Enum.class.isAssignableFrom(javaClass) && javaClass != Enum.class;
    return Optional.ofNullable(type == null && isEnum ? STRING : type);
  }

  /** Whether sums and averages make sense: LONG, DOUBLE and DECIMAL. */
  public boolean isNumeric() {
    return this == LONG || this == DOUBLE || this == DECIMAL;
  }
}
