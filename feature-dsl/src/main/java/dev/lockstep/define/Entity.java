package dev.lockstep.define;

import dev.lockstep.value.ValueType;
import java.io.Serializable;
import java.util.List;

/**
 * What features are about: a card, a merchant, an airport, a route.
 *
 * @param name unique within a feature set
 * @param keyTypes the types of the key's parts: one, or two for a pair
 * @param <K> the Java type of the key
 */
public record Entity<K>(String name, List<ValueType> keyTypes) implements Serializable {

  public Entity {
    keyTypes = List.copyOf(keyTypes);
  }

  /** An entity whose key is text. */
  public static Entity<String> string(String name) {
    return new Entity<>(name, List.of(ValueType.STRING));
  }

  /** An entity whose key is an integer. */
  public static Entity<Long> integer(String name) {
    return new Entity<>(name, List.of(ValueType.LONG));
  }

  /** An entity whose key is made of the keys of two others, in order: a route of two airports. */
  public static <A, B> Entity<Pair<A, B>> pair(String name, Entity<A> first, Entity<B> second) {
    List<ValueType> types = new java.util.ArrayList<>(first.keyTypes());
    types.addAll(second.keyTypes());
    return new Entity<>(name, types);
  }

  /** The key type of {@link #pair}: a type only, no value of it is ever made. */
  public interface Pair<A, B> {}
}
