package dev.lockstep.beam.naive;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record type as the oracle sees it: by reflection, and by what its maker says of it.
 *
 * <p>Decided here: a primitive component can't hold null, every other can (so {@code Integer} and
 * {@code String} do, with and without an annotation), and {@code Optional} holds an empty one.
 *
 * @param ownCode whether the record has code of its own; its maker knows, no class file is read
 */
public record NaiveRecord(Class<?> type, List<Component> components, boolean ownCode) {

  /**
   * One component.
   *
   * @param column its name in files and messages
   * @param javaType what it holds; an Optional's content
   */
  public record Component(String name, String column, Class<?> javaType, boolean optional) {
    boolean nullable() {
      return !javaType.isPrimitive();
    }
  }

  /**
   * A record type whose components are called otherwise in files and messages.
   *
   * @param columns by the component's name; those that aren't there are called as in Java
   */
  public static NaiveRecord of(Class<?> type, boolean ownCode, Map<String, String> columns) {
    List<Component> components = new ArrayList<>();
    for (RecordComponent c : type.getRecordComponents()) {
      boolean optional = c.getType() == Optional.class;
      Class<?> held =
          optional
              ? (Class<?>) ((ParameterizedType) c.getGenericType()).getActualTypeArguments()[0]
              : c.getType();
      components.add(
          new Component(
              c.getName(), columns.getOrDefault(c.getName(), c.getName()), held, optional));
    }
    return new NaiveRecord(type, components, ownCode);
  }

  /** A record type whose components are called as in Java. */
  public static NaiveRecord of(Class<?> type, boolean ownCode) {
    return of(type, ownCode, Map.of());
  }

  /** A component's name in files and messages; empty for no component. */
  public String columnOf(String component) {
    return components.stream()
        .filter(c -> c.name().equals(component))
        .findFirst()
        .map(Component::column)
        .orElse("");
  }

  /** The canonical constructor. */
  public Constructor<?> constructor() throws NoSuchMethodException {
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent c : type.getRecordComponents()) {
      types.add(c.getType());
    }
    Constructor<?> canonical = type.getDeclaredConstructor(types.toArray(new Class<?>[0]));
    canonical.setAccessible(true);
    return canonical;
  }
}
