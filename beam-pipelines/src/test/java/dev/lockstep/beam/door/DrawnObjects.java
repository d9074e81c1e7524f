package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.NaiveRecord;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Draws records themselves, as a program makes them: such as their own code lets be. */
final class DrawnObjects {
  private final Draws draws;
  private final NaiveRecord record;

  DrawnObjects(Draws draws, NaiveRecord record) {
    this.draws = draws;
    this.record = record;
  }

  /** A record; what its constructor refuses is drawn again. */
  Object record() throws ReflectiveOperationException {
    while (true) {
      List<Object> arguments = new ArrayList<>();
      for (NaiveRecord.Component component : record.components()) {
        Object value = value(component.javaType());
        arguments.add(component.optional() ? Optional.ofNullable(value) : value);
      }
      try {
        return record.constructor().newInstance(arguments.toArray());
      } catch (InvocationTargetException refused) {
        // No such record: nobody has one.
      }
    }
  }

  private Object value(Class<?> type) {
    if (!type.isPrimitive() && draws.once(10)) {
      return null;
    }
    if (type == String.class) {
      return draws.once(40) ? "half \ud83d" : draws.text();
    }
    if (type == Instant.class) {
      return draws.once(40) ? draws.of(List.of(Instant.MAX, Instant.MIN)) : instant();
    }
    if (type == LocalDate.class) {
      return draws.once(40) ? draws.of(List.of(LocalDate.MAX, LocalDate.MIN)) : draws.day();
    }
    if (type == UUID.class) {
      return draws.uuid();
    }
    if (type.isEnum()) {
      return draws.of(List.of(type.getEnumConstants()));
    }
    if (type == BigDecimal.class) {
      return draws.decimal(draws.below(8));
    }
    if (type == boolean.class || type == Boolean.class) {
      return draws.once(2);
    }
    if (type == double.class || type == Double.class) {
      return draws.real();
    }
    if (type == float.class || type == Float.class) {
      return (float) draws.real();
    }
    return whole(type);
  }

  private Instant instant() {
    // Before 1970, too: floored, not cut.
    return draws.once(4)
        ? Instant.ofEpochSecond(-draws.below(1_000_000), draws.below(1_000_000_000))
        : draws.instant();
  }

  private Object whole(Class<?> type) {
    if (type == byte.class || type == Byte.class) {
      return draws.integer(8).byteValue();
    }
    if (type == short.class || type == Short.class) {
      return draws.integer(16).shortValue();
    }
    if (type == int.class || type == Integer.class) {
      return draws.integer(32).intValue();
    }
    return draws.integer(64).longValue();
  }
}
