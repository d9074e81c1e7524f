package dev.lockstep.define;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What features are about: a card, a merchant, an airport, a route on a day.
 *
 * <p>Its key has one part or more, each of them text, an integer, a boolean, an enum, a UUID or a
 * {@link java.time.LocalDate}; semantics C7 has the text of each.
 *
 * @param name unique within a feature set
 * @param parts of the key, in order
 * @param <K> the Java type of the key: a part's, or {@link Pair} and so on for several
 */
public record Entity<K>(String name, List<KeyPart> parts) implements Serializable {

  public Entity {
    parts = List.copyOf(parts);
  }

  /** An entity whose key is text. */
  public static Entity<String> string(String name) {
    return of(name, String.class);
  }

  /** An entity whose key is an integer, of any width: int and long columns alike. */
  public static Entity<Number> integer(String name) {
    return of(name, Number.class);
  }

  /** An entity whose key is one value: {@code of("order", UUID.class)}. */
  public static <A> Entity<A> of(String name, Class<A> part) {
    return of(name, List.of(part));
  }

  /** An entity whose key has two parts: {@code of("route", String.class, String.class)}. */
  public static <A, B> Entity<Pair<A, B>> of(String name, Class<A> first, Class<B> second) {
    return of(name, List.of(first, second));
  }

  /** An entity whose key has three parts. */
  public static <A, B, C> Entity<Triple<A, B, C>> of(
      String name, Class<A> first, Class<B> second, Class<C> third) {
    return of(name, List.of(first, second, third));
  }

  /** An entity whose key has four parts. */
  public static <A, B, C, D> Entity<Quadruple<A, B, C, D>> of(
      String name, Class<A> first, Class<B> second, Class<C> third, Class<D> fourth) {
    return of(name, List.of(first, second, third, fourth));
  }

  /** An entity whose key has five parts or more; the plan holds its columns against them. */
  public static Entity<Parts> of(
      String name,
      Class<?> first,
      Class<?> second,
      Class<?> third,
      Class<?> fourth,
      Class<?> fifth,
      Class<?>... more) {
    List<Class<?>> types = new ArrayList<>(List.of(first, second, third, fourth, fifth));
    types.addAll(Arrays.asList(more));
    return of(name, types);
  }

  /** An entity whose key is made of the keys of two others, in order: a route of two airports. */
  public static <A, B> Entity<Pair<A, B>> pair(String name, Entity<A> first, Entity<B> second) {
    List<KeyPart> parts = new ArrayList<>(first.parts());
    parts.addAll(second.parts());
    return new Entity<>(name, parts);
  }

  private static <K> Entity<K> of(String name, List<Class<?>> types) {
    return new Entity<>(name, types.stream().map(KeyPart::new).toList());
  }

  /** The type of a key of two parts: a type only, no value of it is ever made. */
  public interface Pair<A, B> {}

  /** The type of a key of three parts. */
  public interface Triple<A, B, C> {}

  /** The type of a key of four parts. */
  public interface Quadruple<A, B, C, D> {}

  /** The type of a key of more parts, which the compiler doesn't count. */
  public interface Parts {}
}
