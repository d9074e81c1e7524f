package dev.lockstep.define;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Aggregations over one source, per entity. Immutable: every method returns a new view.
 *
 * @param <T> the source's record type
 */
public final class FeatureView<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A named feature of a view.
   *
   * @param about what people should know about it
   */
  public record Feature<T>(String name, WindowedAggregate<T> value, About about)
      implements Serializable {

    /** A feature of which nothing is said. */
    public Feature(String name, WindowedAggregate<T> value) {
      this(name, value, About.NOTHING);
    }

    Feature<T> named(String otherName) {
      return new Feature<>(otherName, value, about);
    }
  }

  /**
   * A feature that the set derives wherever the view is in it.
   *
   * @param expression over the view's features, and fields of the request
   */
  record Derived(String name, Expression expression) implements Serializable {}

  private final String name;
  private final EventSource<T> source;
  private final Keyed<T> key;
  private final List<Feature<T>> features;
  private final List<Derived> derived;
  private final @Nullable About about;
  private final SetOnce once;

  private FeatureView(
      String name,
      EventSource<T> source,
      Keyed<T> key,
      List<Feature<T>> features,
      List<Derived> derived,
      @Nullable About about,
      SetOnce once) {
    this.name = name;
    this.source = source;
    this.key = key;
    this.features = List.copyOf(features);
    this.derived = List.copyOf(derived);
    this.about = about;
    this.once = once;
  }

  private static <T> FeatureView<T> begin(String name, EventSource<T> source, Keyed<T> key) {
    return new FeatureView<>(
        name, source, key, List.of(), List.of(), null, SetOnce.of("view " + name));
  }

  private FeatureView<T> with(List<Feature<T>> others) {
    return new FeatureView<>(name, source, key, others, derived, about, once);
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
      return begin(name, source, key);
    }
  }

  /** Adds a feature. */
  public FeatureView<T> feature(String featureName, WindowedAggregate<? super T> value) {
    return feature(featureName, value, About.NOTHING);
  }

  /** Adds a feature, with what people should know about it. */
  @SuppressWarnings("unchecked") // a WindowedAggregate only reads: safe for a subtype's events
  public FeatureView<T> feature(
      String featureName, WindowedAggregate<? super T> value, About aboutIt) {
    List<Feature<T>> more = new ArrayList<>(features);
    more.add(new Feature<>(featureName, (WindowedAggregate<T>) value, aboutIt));
    return with(more);
  }

  /**
   * Adds a feature that is derived wherever the view is: an expression over features of the view,
   * by the names that they have here, and fields of the request. A role's prefix, and other names,
   * hold for it too.
   */
  public FeatureView<T> derive(String featureName, Expression expression) {
    List<Derived> more = new ArrayList<>(derived);
    more.add(new Derived(featureName, expression));
    return new FeatureView<>(name, source, key, features, more, about, once);
  }

  /** Says what people should know about the view; its features have its owner and tags. */
  public FeatureView<T> about(About said) {
    return new FeatureView<>(
        name, source, key, features, derived, said, once.check("about", about, said));
  }

  /**
   * This view with some of its features alone, in its own order. Its state holds what these read:
   * give views that differ in one set other names.
   *
   * @param featureNames as {@link #feature} got them; a name that the view doesn't have is a
   *     definition error
   */
  public FeatureView<T> only(String... featureNames) {
    List<String> kept = List.of(featureNames);
    return checked("only", kept).keeping(kept::contains);
  }

  /** This view without some of its features; see {@link #only}. */
  public FeatureView<T> except(String... featureNames) {
    List<String> gone = List.of(featureNames);
    return checked("except", gone).keeping(feature -> !gone.contains(feature));
  }

  /** This view with another name for one of its features; see {@link #only}. */
  public FeatureView<T> renamed(String from, String to) {
    return checked("renamed", List.of(from)).renaming(each -> each.equals(from) ? to : each);
  }

  /** This view, whose features' names begin with a prefix: {@code card_swipes_1h}. */
  public FeatureView<T> prefixed(String prefix) {
    return renaming(each -> prefix + "_" + each);
  }

  private FeatureView<T> keeping(Predicate<String> kept) {
    return new FeatureView<>(
        name,
        source,
        key,
        features.stream().filter(f -> kept.test(f.name())).toList(),
        derived.stream().filter(d -> kept.test(d.name)).toList(),
        about,
        once);
  }

  private FeatureView<T> renaming(UnaryOperator<String> names) {
    return new FeatureView<>(
        name,
        source,
        key,
        features.stream().map(f -> f.named(names.apply(f.name()))).toList(),
        derived(names),
        about,
        once);
  }

  /** The derived features, where the view's own have other names. */
  List<Derived> derived(UnaryOperator<String> names) {
    List<String> own = names();
    UnaryOperator<String> renaming = each -> own.contains(each) ? names.apply(each) : each;
    return derived.stream()
        .map(d -> new Derived(names.apply(d.name), ExpressionTree.renamed(d.expression, renaming)))
        .toList();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    features.forEach(f -> names.add(f.name()));
    derived.forEach(d -> names.add(d.name));
    return names;
  }

  /** This view under another name, for two that differ in one set. */
  public FeatureView<T> as(String otherName) {
    return new FeatureView<>(otherName, source, key, features, derived, about, once);
  }

  /** A part of this view by another key: what the plan makes of features at a category. */
  public FeatureView<T> part(String partName, Keyed<T> partKey, List<Feature<T>> chosen) {
    return new FeatureView<>(partName, source, partKey, chosen, List.of(), about, once);
  }

  private FeatureView<T> checked(String setting, List<String> named) {
    List<String> known = names();
    SetOnce found = once;
    for (String each : named) {
      if (!known.contains(each)) {
        found =
            found.with(
                new DefinitionError(
                    "view " + name,
                    setting + "(...) names [" + each + "], which is none of its features",
                    "name some of " + known));
      }
    }
    return new FeatureView<>(name, source, key, features, derived, about, found);
  }

  /**
   * This view asked by a column of the request, in a role: its features' names begin with the
   * prefix, {@code sender_payments_1h}. Add as many roles as the request has such keys.
   */
  public <R> AskedView<R> askedBy(Column<R, ?> column, String prefix) {
    return new AskedView<R>(this, List.of()).askedBy(column, prefix);
  }

  /** This view asked by two columns of the request, in a role. */
  public <R> AskedView<R> askedBy(Column<R, ?> first, Column<R, ?> second, String prefix) {
    return new AskedView<R>(this, List.of()).askedBy(first, second, prefix);
  }

  /** Adds a feature that a constant names: {@link WindowedAggregate#named}. */
  public FeatureView<T> feature(Feature<? super T> feature) {
    return feature(feature.name(), feature.value());
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

  /** What people should know about it; {@link About#NOTHING} if never said. */
  public About about() {
    return about != null ? about : About.NOTHING;
  }

  /**
   * Features that were named and aren't there, and settings given twice, for the plan to report.
   */
  public List<DefinitionError> mistakes() {
    return once.mistakes();
  }
}
