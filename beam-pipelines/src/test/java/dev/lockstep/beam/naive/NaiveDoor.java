package dev.lockstep.beam.naive;

import dev.lockstep.beam.naive.Fault.Thrown;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
      arguments.add(component.optional() ? Optional.ofNullable(value) : value);
    }
    Map<String, @Nullable Object> read = new LinkedHashMap<>();
    try {
      Object record = source.record().constructor().newInstance(arguments.toArray());
      for (NaiveRecord.Component component : source.record().components()) {
        if (needed.contains(component.name())) {
          Method accessor = source.record().type().getDeclaredMethod(component.name());
          accessor.setAccessible(true);
          Object value = accessor.invoke(record);
          read.put(
              component.name(),
              value instanceof Optional<?> optional ? optional.orElse(null) : value);
        }
      }
    } catch (InvocationTargetException e) {
      throw new Thrown(Cause.CODE, String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return read;
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
          }
          values.put(name, seen);
        });
    return new NaiveRow(values, notFinite, List.of());
  }
}
