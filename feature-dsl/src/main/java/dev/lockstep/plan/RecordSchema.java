package dev.lockstep.plan;

import dev.lockstep.define.FieldName;
import dev.lockstep.define.RecordCode;
import dev.lockstep.define.Sensitive;
import dev.lockstep.define.SnakeCase;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Shown;
import dev.lockstep.value.ValueType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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
   * @param fieldName its name in files and messages
   * @param type the type of its values
   * @param javaType the class of its values; of an {@link Optional} what may be in it
   * @param nullable false for primitives, which have no null
   * @param optional whether it is an {@link Optional}, whose empty one is our null
   * @param sensitive whether its values must not be shown
   */
  public record Component(
      String name,
      String fieldName,
      ValueType type,
      Class<?> javaType,
      boolean nullable,
      boolean optional,
      boolean sensitive) {

    /** The least integer that it holds; of other types than integers the least long. */
    public long least() {
      return isClass(int.class, Integer.class)
          ? Integer.MIN_VALUE
          : isClass(short.class, Short.class)
              ? Short.MIN_VALUE
              : isClass(byte.class, Byte.class) ? Byte.MIN_VALUE : Long.MIN_VALUE;
    }

    /** The greatest integer that it holds; of other types than integers the greatest long. */
    public long greatest() {
      return isClass(int.class, Integer.class)
          ? Integer.MAX_VALUE
          : isClass(short.class, Short.class)
              ? Short.MAX_VALUE
              : isClass(byte.class, Byte.class) ? Byte.MAX_VALUE : Long.MAX_VALUE;
    }

    /** Whether its numbers are floats: rounded to one, once, on every path (C17). */
    public boolean isFloat() {
      return isClass(float.class, Float.class);
    }

    /** Whether it is a {@link LocalDate}: a day of the calendar. */
    public boolean isDate() {
      return javaType == LocalDate.class;
    }

    /** Whether it is a {@link UUID}. */
    public boolean isUuid() {
      return javaType == UUID.class;
    }

    /** Whether its text is any: no constant's name, and no UUID. */
    public boolean isFreeText() {
      return type == ValueType.STRING && !isUuid() && !javaType.isEnum();
    }

    /** The names of its constants, in their order; empty for what is no enum. */
    public List<String> constants() {
      return javaType.isEnum()
          ? Arrays.stream(javaType.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList()
          : List.of();
    }

    /** What it can hold, as plans and reasons show it: {@code int}, or {@code int?} with nulls. */
    public String width() {
      return narrowName() + (nullable ? "?" : "");
    }

    /**
     * What it can hold but null, in words of Java's primitives, or decimal, text, uuid, instant,
     * date; of an enum all names, whose order doesn't matter.
     */
    public String narrowName() {
      return switch (type) {
        case BOOLEAN -> "boolean";
        case LONG ->
            greatest() == Long.MAX_VALUE
                ? "long"
                : greatest() == Integer.MAX_VALUE
                    ? "int"
                    : greatest() == Short.MAX_VALUE ? "short" : "byte";
        case DOUBLE -> isFloat() ? "float" : "double";
        case DECIMAL -> "decimal";
        case STRING ->
            isUuid()
                ? "uuid"
                : javaType.isEnum()
                    ? constants().stream().sorted().collect(Collectors.joining(",", "enum(", ")"))
                    : "text";
        case INSTANT -> isDate() ? "date" : "instant";
      };
    }

    private boolean isClass(Class<?> primitive, Class<?> boxed) {
      return javaType == primitive || javaType == boxed;
    }
  }

  private final Class<?> recordType;
  private final List<Component> components;
  private final MethodHandle constructor;
  private final List<MethodHandle> accessors;
  private final @Nullable String ownCode;

  private RecordSchema(
      Class<?> recordType,
      List<Component> components,
      MethodHandle constructor,
      List<MethodHandle> accessors) {
    this.recordType = recordType;
    this.components = List.copyOf(components);
    this.constructor = constructor;
    this.accessors = List.copyOf(accessors);
    this.ownCode = RecordClassFile.ownCode(recordType).orElse(null);
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
        components.add(component(recordType, c));
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

  private static Component component(Class<?> recordType, RecordComponent c) {
    boolean optional = c.getType() == Optional.class;
    Class<?> javaType = optional ? inOptional(c.getGenericType()) : c.getType();
    ValueType type =
        ValueType.of(javaType)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        recordType.getSimpleName()
                            + "."
                            + c.getName()
                            + " is a "
                            + c.getType().getSimpleName()
                            + "; a component is a boolean, an integer, a float or double,"
                            + " a BigDecimal, a String, an enum, a UUID, an Instant or a"
                            + " LocalDate, or an Optional of one"));
    return new Component(
        c.getName(),
        fieldName(recordType, c),
        type,
        javaType,
        !javaType.isPrimitive(),
        optional,
        c.isAnnotationPresent(Sensitive.class));
  }

  /** {@code cardId} as {@code card_id}, {@code merchantURL} as {@code merchant_url}. */
  static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
        .toLowerCase(Locale.ROOT);
  }

  private static Class<?> inOptional(Type generic) {
    return generic instanceof ParameterizedType parameterized
            && parameterized.getActualTypeArguments()[0] instanceof Class<?> of
        ? of
        : Object.class;
  }

  private static String fieldName(Class<?> recordType, RecordComponent c) {
    FieldName given = c.getAnnotation(FieldName.class);
    if (given != null) {
      return given.value();
    }
    return recordType.isAnnotationPresent(SnakeCase.class) ? snakeCase(c.getName()) : c.getName();
  }

  public Class<?> recordType() {
    return recordType;
  }

  public List<Component> components() {
    return components;
  }

  /**
   * Whether the record has code of its own (C17): then it is made whole on every path, since its
   * constructor or accessors can change or refuse what they are given.
   */
  public boolean hasOwnCode() {
    return ownCode != null;
  }

  /** What its own code is, in words: "its constructor does more than ..."; null if it has none. */
  public @Nullable String ownCode() {
    return ownCode;
  }

  /** The declared version of its own code, or empty. */
  public Optional<Integer> codeVersion() {
    return Optional.ofNullable(recordType.getAnnotation(RecordCode.class)).map(RecordCode::version);
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

  /** The value of a component of a record; null for an empty {@link Optional}. */
  public @Nullable Object read(Object event, int component) {
    try {
      Object value = (Object) accessors.get(component).invokeExact(event);
      return value instanceof Optional<?> optional ? optional.orElse(null) : value;
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
      arguments[i] = asComponent(i, values[i]);
    }
    try {
      return (Object) constructor.invokeExact(arguments);
    } catch (Throwable t) {
      throw rethrown(t);
    }
  }

  /**
   * A value as {@link dev.lockstep.value.Values#get} gives it, as the component has it: a long as
   * an int, null as an empty {@link Optional}.
   *
   * @throws IllegalArgumentException naming the component, if a null or a number doesn't fit it
   */
  public @Nullable Object asComponent(int component, @Nullable Object value) {
    Object fitting = fit(components.get(component), value);
    return components.get(component).optional() ? Optional.ofNullable(fitting) : fitting;
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
        return (int) inRange(component, v);
      }
      if (type == short.class || type == Short.class) {
        return (short) inRange(component, v);
      }
      if (type == byte.class || type == Byte.class) {
        return (byte) inRange(component, v);
      }
    } else if (value instanceof Double number && (type == float.class || type == Float.class)) {
      return number.floatValue();
    } else if (value instanceof Instant instant && component.isDate()) {
      return Micros.toDate(Micros.of(instant));
    } else if (value instanceof String text && !component.isFreeText()) {
      return component.isUuid() ? UUID.fromString(text) : constant(component, text);
    }
    return value;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the component's class is an enum
  private static Object constant(Component component, String name) {
    try {
      return Enum.valueOf((Class) component.javaType(), name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Shown.text(name) + " is no constant of [" + component.name() + "]", e);
    }
  }

  private static long inRange(Component component, long value) {
    if (value < component.least() || value > component.greatest()) {
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
