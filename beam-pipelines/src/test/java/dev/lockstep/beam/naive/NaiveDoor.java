package dev.lockstep.beam.naive;

import dev.lockstep.beam.naive.Fault.Thrown;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * C17 as a loop over components: what was seen in a row's cells, to a row or its faults. It shares
 * no code with the door that it judges.
 *
 * <p>Decided here: of several faults all are told, in the record's declared order, and a door's
 * reason must be the first. Code of the record runs only where no cell has a fault.
 */
public final class NaiveDoor {
  private final NaiveSource source;
  private final Set<String> needed;

  /** What stands in one component's cell. */
  interface Cells {
    Seen of(NaiveRecord.Component component) throws Thrown;
  }

  /**
   * A door for a plan.
   *
   * @param needed the components that the plan reads, by their names in Java
   */
  public NaiveDoor(NaiveSource source, Set<String> needed) {
    this.source = source;
    this.needed = Set.copyOf(needed);
  }

  NaiveSource source() {
    return source;
  }

  /** Whether a component is read: one that the plan reads, or any of a record with own code. */
  boolean reads(NaiveRecord.Component component) {
    return source.record().ownCode() || needed.contains(component.name());
  }

  NaiveRow row(Cells cells) {
    Map<String, @Nullable Object> fitted = new LinkedHashMap<>();
    List<Fault> faults = new ArrayList<>();
    for (NaiveRecord.Component component : source.record().components()) {
      if (reads(component)) {
        try {
          fitted.put(component.name(), NaiveFit.fit(component, cells.of(component), source));
        } catch (Thrown e) {
          faults.add(e.in(component.name()));
        }
      }
    }
    if (!faults.isEmpty()) {
      return new NaiveRow(Map.of(), List.of(), faults);
    }
    if (source.record().ownCode()) {
      try {
        fitted = throughRecord(fitted);
      } catch (Thrown e) {
        return NaiveRow.of(e.in(""));
      }
    }
    return canonical(fitted);
  }

  /** Makes the record whole, and reads it again. */
  private Map<String, @Nullable Object> throughRecord(Map<String, @Nullable Object> fitted)
      throws Thrown {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (NaiveRecord.Component component : source.record().components()) {
      Object value = fitted.get(component.name());
      if (value instanceof BigDecimal decimal) {
        BigDecimal shortest = decimal.stripTrailingZeros();
        value = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
      }
      arguments.add(component.optional() ? Optional.ofNullable(value) : value);
    }
    try {
      return neededOf(source.record().constructor().newInstance(arguments.toArray()));
    } catch (InvocationTargetException e) {
      throw new Thrown(Cause.CODE, String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, @Nullable Object> neededOf(Object record) throws Thrown {
    Map<String, @Nullable Object> read = new LinkedHashMap<>();
    for (NaiveRecord.Component component : source.record().components()) {
      if (needed.contains(component.name())) {
        read.put(component.name(), accessed(record, component));
      }
    }
    return read;
  }

  private @Nullable Object accessed(Object record, NaiveRecord.Component component) throws Thrown {
    try {
      Method accessor = source.record().type().getDeclaredMethod(component.name());
      accessor.setAccessible(true);
      Object value = accessor.invoke(record);
      return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    } catch (InvocationTargetException e) {
      throw new Thrown(Cause.CODE, String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The row of a record that a program made: what its accessors give. */
  public NaiveRow made(Object record) {
    Map<String, @Nullable Object> fitted = new LinkedHashMap<>();
    List<Fault> faults = new ArrayList<>();
    Fault code = null;
    for (NaiveRecord.Component component : source.record().components()) {
      try {
        if (reads(component)) {
          Object value = accessed(record, component);
          fitted.put(component.name(), NaiveFit.fit(component, seen(value), source));
        }
      } catch (Thrown e) {
        if (e.cause() != Cause.CODE) {
          faults.add(e.in(component.name()));
        } else if (needed.contains(component.name()) && code == null) {
          code = e.in("");
        }
      }
    }
    if (faults.isEmpty() && code != null) {
      faults.add(code);
    }
    fitted.keySet().retainAll(needed);
    return faults.isEmpty() ? canonical(fitted) : new NaiveRow(Map.of(), List.of(), faults);
  }

  private static Seen seen(@Nullable Object value) {
    if (value == null) {
      return new Seen.Nothing();
    }
    if (value instanceof Boolean bool) {
      return new Seen.Bool(bool);
    }
    if (value instanceof Float || value instanceof Double) {
      return new Seen.Real(((Number) value).doubleValue());
    }
    if (value instanceof BigDecimal decimal) {
      return new Seen.Exact(decimal);
    }
    if (value instanceof Number whole) {
      return Seen.Exact.of(whole.longValue());
    }
    if (value instanceof Instant instant) {
      BigInteger nanos =
          BigInteger.valueOf(instant.getEpochSecond())
              .multiply(BigInteger.valueOf(1_000_000_000))
              .add(BigInteger.valueOf(instant.getNano()));
      return new Seen.Stamp(nanos, false);
    }
    if (value instanceof LocalDate day) {
      return new Seen.Day(day.toEpochDay());
    }
    return new Seen.Text(value instanceof Enum<?> constant ? constant.name() : value.toString());
  }

  /** Values as a plan sees them: widened, NaN and infinity null and counted, no -0.0. */
  private NaiveRow canonical(Map<String, @Nullable Object> fitted) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<String> notFinite = new ArrayList<>();
    fitted.forEach(
        (name, value) -> {
          Object seen = value;
          if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            seen = Double.isFinite(number) ? (Object) (number == 0 ? 0.0 : number) : null;
            if (seen == null) {
              notFinite.add(name);
            }
          } else if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            seen = ((Number) value).longValue();
          } else if (value instanceof BigDecimal decimal) {
            seen = decimal.setScale(6);
          } else if (value instanceof Enum<?> constant) {
            seen = constant.name();
          } else if (value instanceof UUID uuid) {
            seen = uuid.toString();
          } else if (value instanceof LocalDate day) {
            seen = Instant.parse("1970-01-01T00:00:00Z").plus(day.toEpochDay(), ChronoUnit.DAYS);
          }
          values.put(name, seen);
        });
    return new NaiveRow(values, notFinite, List.of());
  }
}
