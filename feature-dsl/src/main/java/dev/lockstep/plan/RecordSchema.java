package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record type as columns: names, value types, reading and construction by method handles.
 *
 * <p>Construction goes through the canonical constructor, so a record's own checks run.
 */
public final class RecordSchema {

  /**
   * One component.
   *
   * @param nullable false for primitives, which have no null
   */
  public record Component(String name, ValueType type, Class<?> javaType, boolean nullable) {}

  private final Class<?> recordType;
  private final List<Component> components;
  private final MethodHandle constructor;
  private final List<MethodHandle> accessors;

  private RecordSchema(
      Class<?> recordType,
      List<Component> components,
      MethodHandle constructor,
      List<MethodHandle> accessors) {
    this.recordType = recordType;
    this.components = List.copyOf(components);
    this.constructor = constructor;
    this.accessors = List.copyOf(accessors);
  }

  /**
   * The schema of a record type.
   *
   * @throws IllegalArgumentException if it isn't a record, or a component's type can't be held
   */
  public static RecordSchema of(Class<?> recordType) {
    if (!recordType.isRecord()) {
      throw new IllegalArgumentException(recordType.getName() + " is not a record");
    }
    List<Component> components = new ArrayList<>();
    List<MethodHandle> accessors = new ArrayList<>();
    List<Class<?>> parameterTypes = new ArrayList<>();
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      for (RecordComponent c : recordType.getRecordComponents()) {
        ValueType type =
            ValueType.of(c.getType())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            recordType.getSimpleName()
                                + "."
                                + c.getName()
                                + " is a "
                                + c.getType().getSimpleName()
                                + "; a component is a boolean, an integer, a float or double,"
                                + " a BigDecimal, a String or an Instant"));
        components.add(new Component(c.getName(), type, c.getType(), !c.getType().isPrimitive()));
        parameterTypes.add(c.getType());
        Method accessor = c.getAccessor();
        accessor.setAccessible(true);
        accessors.add(
            lookup.unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class)));
      }
      var canonical = recordType.getDeclaredConstructor(parameterTypes.toArray(new Class<?>[0]));
      canonical.setAccessible(true);
      MethodHandle constructor =
          lookup
              .unreflectConstructor(canonical)
              .asSpreader(Object[].class, parameterTypes.size())
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new RecordSchema(recordType, components, constructor, accessors);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          recordType.getName() + " can't be read: make the record and its module open to Lockstep",
          e);
    }
  }

  public Class<?> recordType() {
    return recordType;
  }

  public List<Component> components() {
    return components;
  }

  /** The index of a component by name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The value of a component of a record. */
  public @Nullable Object read(Object event, int component) {
    try {
      return (Object) accessors.get(component).invokeExact(event);
    } catch (Throwable t) {
      throw rethrown(t);
    }
  }

  /**
   * Makes a record from values as {@link dev.lockstep.value.Values#get} gives them; integers are
   * narrowed to the component's type.
   *
   * @throws IllegalArgumentException naming the component, if a null or a number doesn't fit it
   */
  public Object newRecord(@Nullable Object[] values) {
    @Nullable Object[] arguments = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      arguments[i] = fit(components.get(i), values[i]);
    }
    try {
      return (Object) constructor.invokeExact(arguments);
    } catch (Throwable t) {
      throw rethrown(t);
    }
  }

  private static @Nullable Object fit(Component component, @Nullable Object value) {
    if (value == null) {
      if (!component.nullable()) {
        throw new IllegalArgumentException(
            "null in [" + component.name() + "], which is a " + component.javaType());
      }
      return null;
    }
    Class<?> type = component.javaType();
    if (value instanceof Long number) {
      long v = number;
      if (type == int.class || type == Integer.class) {
        return (int) inRange(component, v, Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      if (type == short.class || type == Short.class) {
        return (short) inRange(component, v, Short.MIN_VALUE, Short.MAX_VALUE);
      }
      if (type == byte.class || type == Byte.class) {
        return (byte) inRange(component, v, Byte.MIN_VALUE, Byte.MAX_VALUE);
      }
    } else if (value instanceof Double number && (type == float.class || type == Float.class)) {
      return number.floatValue();
    }
    return value;
  }

  private static long inRange(Component component, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          value + " doesn't fit [" + component.name() + "], which is a " + component.javaType());
    }
    return value;
  }

  private static RuntimeException rethrown(Throwable t) {
    if (t instanceof RuntimeException e) {
      return e;
    }
    if (t instanceof Error e) {
      throw e;
    }
    return new IllegalStateException(t);
  }
}
