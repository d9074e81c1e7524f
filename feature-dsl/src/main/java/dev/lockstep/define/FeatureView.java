package dev.lockstep.define;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregations over one source, per entity. Immutable: every method returns a new view.
 *
 * @param <T> the source's record type
 */
public final class FeatureView<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A named feature of a view. */
  public record Feature<T>(String name, WindowedAggregate<T> value) implements Serializable {}

  private final String name;
  private final EventSource<T> source;
  private final Keyed<T> key;
  private final List<Feature<T>> features;

  private FeatureView(String name, EventSource<T> source, Keyed<T> key, List<Feature<T>> features) {
    this.name = name;
    this.source = source;
    this.key = key;
    this.features = List.copyOf(features);
  }

  /** Begins a view: {@code named("card_activity").over(SWIPES).by(CARD, Swipe::card)}. */
  public static Named named(String name) {
    return new Named(name);
  }

  /** A view's name, waiting for its source. */
  public record Named(String name) {
    public <T> Over<T> over(EventSource<T> source) {
      return new Over<>(name, source);
    }
  }

  /** A view's name and source, waiting for its entity. */
  public record Over<T>(String name, EventSource<T> source) {
    /** Keys the view by an entity of one column. */
    public <K> FeatureView<T> by(Entity<K> entity, Column<T, ? extends K> column) {
      return by(new Keyed<>(entity, List.of(column)));
    }

    /** Keys the view by an entity of two columns. */
    public <A, B> FeatureView<T> by(
        Entity<Entity.Pair<A, B>> entity,
        Column<T, ? extends A> first,
        Column<T, ? extends B> second) {
      return by(new Keyed<>(entity, List.of(first, second)));
    }

    /** Keys the view by an entity of three columns. */
    public <A, B, C> FeatureView<T> by(
        Entity<Entity.Triple<A, B, C>> entity,
        Column<T, ? extends A> first,
        Column<T, ? extends B> second,
        Column<T, ? extends C> third) {
      return by(new Keyed<>(entity, List.of(first, second, third)));
    }

    /** Keys the view by an entity of four columns. */
    public <A, B, C, D> FeatureView<T> by(
        Entity<Entity.Quadruple<A, B, C, D>> entity,
        Column<T, ? extends A> first,
        Column<T, ? extends B> second,
        Column<T, ? extends C> third,
        Column<T, ? extends D> fourth) {
      return by(new Keyed<>(entity, List.of(first, second, third, fourth)));
    }

    /** Keys the view by an entity of more columns, in the order of its parts. */
    @SafeVarargs
    public final FeatureView<T> by(Entity<Entity.Parts> entity, Column<T, ?>... columns) {
      return by(new Keyed<>(entity, List.of(columns)));
    }

    /** Keys the view by an entity and its columns. */
    public FeatureView<T> by(Keyed<T> key) {
      return new FeatureView<>(name, source, key, List.of());
    }
  }

  /** Adds a feature. */
  @SuppressWarnings("unchecked") // a WindowedAggregate only reads: safe for a subtype's events
  public FeatureView<T> feature(String featureName, WindowedAggregate<? super T> value) {
    List<Feature<T>> more = new ArrayList<>(features);
    more.add(new Feature<>(featureName, (WindowedAggregate<T>) value));
    return new FeatureView<>(name, source, key, more);
  }

  /**
   * Adds a feature for each of several windows, named by it: {@code features("amount_avg",
   * avg(Swipe::amount).over(last(hours(1), hours(24))))} adds {@code amount_avg_1h} and {@code
   * amount_avg_24h}.
   */
  public FeatureView<T> features(String featureName, WindowedAggregates<? super T> values) {
    FeatureView<T> more = this;
    for (WindowedAggregate<? super T> value : values.all()) {
      more = more.feature(featureName + "_" + Windows.nameOf(value.window()), value);
    }
    return more;
  }

  public String name() {
    return name;
  }

  public EventSource<T> source() {
    return source;
  }

  public Keyed<T> key() {
    return key;
  }

  public List<Feature<T>> features() {
    return features;
  }
}
