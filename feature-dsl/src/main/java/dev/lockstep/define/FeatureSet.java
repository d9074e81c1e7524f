package dev.lockstep.define;

import dev.lockstep.expression.Node;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ordered vector that a model reads, asked for by each event of one source. Immutable: every
 * method returns a new set. The vector's order is the order in which its parts were added.
 *
 * @param <R> the record type of the request's source
 */
public final class FeatureSet<R> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** One part of the vector. */
  public sealed interface Part extends Serializable {}

  /** All features of a view. */
  public record ViewPart(FeatureView<?> view) implements Part {}

  /** All features of a view, asked in one role. */
  public record RolePart(FeatureView<?> view, Keyed<?> key, String prefix) implements Part {}

  /**
   * Features of a view that are read at the request's own category: made by the plan, of a view
   * that is keyed by the category too.
   *
   * @param of the view or role that they are declared in
   * @param view with those features alone
   * @param asked the request's column that holds the category
   */
  public record CategoryPart(Part of, FeatureView<?> view, Column<?, ?> asked) implements Part {}

  /**
   * One field of a table.
   *
   * @param prefix what its name begins with, before the field's; empty for nothing
   */
  public record LookupPart(String prefix, TableField field) implements Part {}

  /** A derived expression. */
  public record DerivedPart(String featureName, Expression expression) implements Part {}

  private final String name;
  private final EventSource<R> requests;
  private final List<Keyed<R>> entities;
  private final List<Part> parts;
  private final @Nullable Emission emission;
  private final boolean asOfEventTime;
  private final Said said;

  private FeatureSet(
      String name,
      EventSource<R> requests,
      List<Keyed<R>> entities,
      List<Part> parts,
      @Nullable Emission emission,
      boolean asOfEventTime,
      Said said) {
    this.name = name;
    this.requests = requests;
    this.entities = List.copyOf(entities);
    this.parts = List.copyOf(parts);
    this.emission = emission;
    this.asOfEventTime = asOfEventTime;
    this.said = said;
  }

  /** Begins a set: {@code named("fraud_v1").forEach(SWIPES)}. */
  public static Named named(String name) {
    return new Named(name);
  }

  /** A set's name, waiting for the source of its requests. */
  public record Named(String name) {
    public <R> FeatureSet<R> forEach(EventSource<R> requests) {
      return new FeatureSet<>(
          name, requests, List.of(), List.of(), null, false, Said.nothing("feature set " + name));
    }
  }

  /**
   * Says which column of the request holds an entity's key. Needed for the entities of views and
   * tables whose source isn't the request's; a view over the request's own source brings its own.
   */
  public <K> FeatureSet<R> entity(Entity<K> entity, Column<R, ? extends K> column) {
    return withEntity(new Keyed<>(entity, List.of(column)));
  }

  /** Says which two columns of the request hold an entity's key. */
  public <A, B> FeatureSet<R> entity(
      Entity<Entity.Pair<A, B>> entity,
      Column<R, ? extends A> first,
      Column<R, ? extends B> second) {
    return withEntity(new Keyed<>(entity, List.of(first, second)));
  }

  private FeatureSet<R> withEntity(Keyed<R> keyed) {
    List<Keyed<R>> more = new ArrayList<>(entities);
    more.add(keyed);
    return new FeatureSet<>(name, requests, more, parts, emission, asOfEventTime, said);
  }

  private FeatureSet<R> withParts(List<? extends Part> added) {
    List<Part> more = new ArrayList<>(parts);
    more.addAll(added);
    return new FeatureSet<>(name, requests, entities, more, emission, asOfEventTime, said);
  }

  /**
   * Takes in all that another set of the same requests has: its features, in its order, its
   * entities, and what is known about them. Its name and emission stay its own.
   */
  public FeatureSet<R> including(FeatureSet<R> other) {
    List<Keyed<R>> keys = new ArrayList<>(entities);
    other.entities.stream().filter(key -> !keys.contains(key)).forEach(keys::add);
    List<Part> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new FeatureSet<>(
        name,
        requests,
        keys,
        all,
        emission,
        asOfEventTime,
        said.including(other, other.requests.equals(requests)));
  }

  /** Adds all features of views. */
  public FeatureSet<R> with(FeatureView<?>... views) {
    return withParts(Arrays.stream(views).map(ViewPart::new).toList());
  }

  /**
   * Adds all features of views once for each role in which the request asks them, each name behind
   * the role's prefix.
   */
  @SafeVarargs
  public final FeatureSet<R> with(AskedView<R>... views) {
    return withParts(
        Arrays.stream(views)
            .flatMap(
                asked ->
                    asked.roles().stream()
                        .map(role -> new RolePart(asked.view(), role.key(), role.prefix())))
            .toList());
  }

  /** Adds fields of a table under their own names, by the table's entity. */
  @SafeVarargs
  public final <T> FeatureSet<R> lookup(Table<T> table, Column<T, ?>... fields) {
    return withFields("", table, null, Arrays.asList(fields));
  }

  /** Adds fields of a table, named {@code prefix_field}, by another key than its entity's. */
  @SafeVarargs
  public final <T> FeatureSet<R> lookup(
      Table.KeyedTable<? super R, T> keyed, Column<T, ?>... fields) {
    return withFields(keyed.prefix(), keyed.table(), keyed.key(), Arrays.asList(fields));
  }

  /** Adds fields of a table by their names, where they aren't known before the program runs. */
  public <T> FeatureSet<R> lookup(Table<T> table, String... fields) {
    return withFields("", table, null, named(fields));
  }

  /** Adds fields of a table by their names, and by another key than its entity's. */
  public <T> FeatureSet<R> lookup(Table.KeyedTable<? super R, T> keyed, String... fields) {
    return withFields(keyed.prefix(), keyed.table(), keyed.key(), named(fields));
  }

  private static <T> List<Column<T, ?>> named(String... fields) {
    List<Column<T, ?>> columns = new ArrayList<>();
    for (String field : fields) {
      columns.add(new NamedColumn<>(field));
    }
    return columns;
  }

  private <T> FeatureSet<R> withFields(
      String prefix, Table<T> table, @Nullable List<Expression> key, List<Column<T, ?>> fields) {
    return withParts(
        fields.stream().map(f -> new LookupPart(prefix, new TableField(table, f, key))).toList());
  }

  /** Adds a field of the request. */
  public FeatureSet<R> request(String featureName, Column<R, ?> column) {
    return derive(featureName, Expressions.request(column));
  }

  /** Adds an expression over request fields and the set's other features. */
  public FeatureSet<R> derive(String featureName, Expression expression) {
    return withParts(List.of(new DerivedPart(featureName, expression)));
  }

  /**
   * Adds one feature per listed text: {@code oneHot("country", e, "US", "DE")} adds the LONG
   * features {@code country_US} and {@code country_DE}, 1 where the expression equals it and 0
   * where not, null where it is null.
   */
  public FeatureSet<R> oneHot(String featureName, TextExpression expression, String... values) {
    return withOneHot(featureName, expression, Literals.texts(values));
  }

  /** Adds one feature per listed integer: {@code tier_1}, {@code tier_2}. */
  public FeatureSet<R> oneHot(String featureName, NumberExpression expression, long... values) {
    return withOneHot(
        featureName,
        expression,
        Arrays.stream(values).mapToObj(v -> Literals.of((Number) v)).toList());
  }

  private FeatureSet<R> withOneHot(
      String featureName, Expression expression, List<Node.Literal> values) {
    OneHot oneHot = OneHot.of(featureName, expression, values, said.once());
    return new FeatureSet<>(
            name, requests, entities, parts, emission, asOfEventTime, said.with(oneHot.once()))
        .withParts(oneHot.parts());
  }

  /** Says what people should know about the set. */
  public FeatureSet<R> about(About about) {
    return with(said.aboutTheSet(about));
  }

  /**
   * Says what people should know about a feature that the set itself adds: a field, a lookup, an
   * expression. A view's features say it in the view.
   *
   * @param featureName as it was added; of a one-hot encoding that of all its features
   */
  public FeatureSet<R> about(String featureName, About about) {
    return with(said.aboutFeature(featureName, about));
  }

  private FeatureSet<R> with(Said more) {
    return new FeatureSet<>(name, requests, entities, parts, emission, asOfEventTime, more);
  }

  /** Says when vectors leave the stream; {@code onArrival()} if never said. */
  public FeatureSet<R> emit(Emission when) {
    return new FeatureSet<>(
        name,
        requests,
        entities,
        parts,
        when,
        asOfEventTime,
        said.with(said.once().check("emit", emission, when)));
  }

  /** The same set with another emission, whatever it had: for running one definition both ways. */
  public FeatureSet<R> emittingInstead(Emission when) {
    return new FeatureSet<>(name, requests, entities, parts, when, asOfEventTime, said);
  }

  /**
   * The same set with every event and version taken as known when it happened (C16): what a join by
   * event time makes, for measuring how much it promises. No stream can run it. A label stays as
   * known.
   */
  public FeatureSet<R> asOfEventTime() {
    return new FeatureSet<>(name, requests, entities, parts, emission, true, said);
  }

  public boolean isAsOfEventTime() {
    return asOfEventTime;
  }

  public String name() {
    return name;
  }

  public EventSource<R> requests() {
    return requests;
  }

  public List<Keyed<R>> entities() {
    return entities;
  }

  public List<Part> parts() {
    return parts;
  }

  public Emission emission() {
    return emission != null ? emission : Emission.ON_ARRIVAL;
  }

  /** What people should know about the set; {@link About#NOTHING} if never said. */
  public About about() {
    return said.about() != null ? said.about() : About.NOTHING;
  }

  /** What people should know about features that the set itself adds, by name. */
  public Map<String, About> aboutFeatures() {
    return said.features();
  }

  /** Settings given twice, for the plan to report. */
  public List<DefinitionError> mistakes() {
    return said.once().mistakes();
  }
}
