package dev.lockstep.define;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A part of an entity's key, by the class of its values. Integers of all widths are one.
 *
 * @param type the class; {@code Long} for all integers
 */
public record KeyPart(Class<?> type) implements Serializable {

  public KeyPart {
    type = canonical(type);
  }

  private static Class<?> canonical(Class<?> type) {
    if (type == boolean.class) {
      return Boolean.class;
    }
    boolean integer =
        type == Number.class
            || type == long.class
            || type == int.class
            || type == Integer.class
            || type == short.class
            || type == Short.class
            || type == byte.class
            || type == Byte.class;
    return integer ? Long.class : type;
  }

  /** Whether values of it can be keys: those that have one text on every path (C7). */
  public boolean canBeKey() {
    return type == String.class
        || type == Long.class
        || type == Boolean.class
        || type == UUID.class
        || type == LocalDate.class
        || type.isEnum();
  }

  /** Whether a column's values are such a part. */
  public boolean takes(Class<?> columnType) {
    return equals(new KeyPart(columnType));
  }

  /** What it is, in words: "text", "an integer", "a LocalDate". */
  @Override
  public String toString() {
    if (type == String.class) {
      return "text";
    }
    if (type == Long.class) {
      return "an integer";
    }
    String name = type.getSimpleName();
    if (type.isEnum()) {
      return "the enum " + name;
    }
    return (type == Integer.class || type == java.time.Instant.class ? "an " : "a ")
        + (type == Boolean.class ? "boolean" : name);
  }
}
