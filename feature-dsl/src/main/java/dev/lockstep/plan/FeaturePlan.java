package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.DefinitionWarning;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feature set made executable: names resolved, types checked, columns pruned. Batch, stream and
 * serving all run this.
 */
public final class FeaturePlan {
  private final String name;
  private final Emission emission;
  private final boolean asOfEventTime;
  private final List<SourcePlan> sources;
  private final int requestSource;
  private final List<Branch> branches;
  private final List<Ask> asks;
  private final List<EntityKeyPlan> entities;
  private final List<FeatureColumn> features;
  private final List<FeatureColumn> unseen;
  private final List<TypedExpression> derived;
  private final List<Integer> derivedOrder;
  private final @Nullable LabelPlan label;
  private final PlanAbout about;
  private final String text;
  private final String fingerprint;

  FeaturePlan(PlanBuilder b) {
    this.name = b.set.name();
    this.emission = b.set.emission();
    this.asOfEventTime = b.set.isAsOfEventTime();
    this.sources = List.copyOf(b.sources);
    this.requestSource = b.requestSource;
    this.branches = List.copyOf(b.branches);
    this.asks = List.copyOf(b.asks);
    this.entities = List.copyOf(b.entities);
    this.features = List.copyOf(b.features);
    this.unseen = List.copyOf(b.unseen);
    this.derived = List.copyOf(b.derived);
    this.derivedOrder = List.copyOf(b.derivedOrder);
    this.label = b.label;
    this.about = b.about;
    this.text = PlanText.of(this);
    this.fingerprint = PlanText.fingerprint(text);
  }

  /**
   * The plan of a feature set.
   *
   * @throws DefinitionException with all mistakes of the definition
   */
  public static FeaturePlan of(FeatureSet<?> set) {
    return new PlanBuilder(set, null).build();
  }

  /**
   * The plan of a feature set with the label of a training set; the same fingerprint as without.
   *
   * @throws DefinitionException with all mistakes of the definition
   */
  public static FeaturePlan of(FeatureSet<?> set, Label<?> label) {
    return new PlanBuilder(set, label).build();
  }

  /**
   * What a change of definition does to the state that views hold: which features go on from it,
   * which must be rebuilt from history, which are gone. Views are matched by name.
   */
  public static PlanChange diff(FeaturePlan before, FeaturePlan after) {
    return PlanChange.between(before, after);
  }

  public String name() {
    return name;
  }

  public Emission emission() {
    return emission;
  }

  /** Whether all that happened is taken as known then (C16): for comparison, never for a stream. */
  public boolean isAsOfEventTime() {
    return asOfEventTime;
  }

  /**
   * Refuses a plan as of event time.
   *
   * @param reader what needs the set as known: "a stream"
   * @throws DefinitionException if the set is as of event time
   */
  public void requireAsKnown(String reader) {
    if (asOfEventTime) {
      throw new DefinitionException(
          "feature set " + name,
          List.of(
              new DefinitionError(
                  "feature set " + name,
                  "it is as of event time, which "
                      + reader
                      + " can't compute: no event is there before it is known",
                  "drop asOfEventTime(), which is for comparing training sets")));
    }
  }

  /**
   * Event sources, then tables, then the label's source where only the label reads it. As of event
   * time (C16) a source of both is there twice, of one name: as of event time, and as known for the
   * label.
   */
  public List<SourcePlan> sources() {
    return sources;
  }

  /**
   * Whether a source is there a second time, as known for the label (C16): its rows are those of
   * the first.
   */
  public boolean isReadAgain(SourcePlan source) {
    return sources.subList(0, source.index()).stream()
        .anyMatch(s -> s.name().equals(source.name()));
  }

  public SourcePlan requestSource() {
    return sources.get(requestSource);
  }

  /** The source or table of a name, as the features read it where they do. */
  public Optional<SourcePlan> source(String sourceName) {
    return sources.stream().filter(s -> s.name().equals(sourceName)).findFirst();
  }

  /** Views, then lookups, then the label if there is one that a branch answers. */
  public List<Branch> branches() {
    return branches;
  }

  /**
   * What each request asks: of its branches in their order, and of a view once in each role. An
   * answer's place is its ask's.
   */
  public List<Ask> asks() {
    return asks;
  }

  /** The branch that answers a feature that isn't derived. */
  public Branch branchOf(FeatureColumn feature) {
    return branches.get(asks.get(feature.ask()).branch());
  }

  /** The asks of a branch, which stand together; never none. */
  public List<Ask> asksOf(Branch branch) {
    return asks.stream().filter(a -> a.branch() == branch.index()).toList();
  }

  /** The greatest level of an ask: 0 where no lookup's key is a field of another. */
  public int levels() {
    return asks.stream().mapToInt(Ask::level).max().orElse(0);
  }

  /** The branch that answers an ask. */
  public Branch branchOf(Ask ask) {
    return branches.get(ask.branch());
  }

  /** How errors and texts call an ask: the branch's name, and the role. */
  public String nameOf(Ask ask) {
    String name = branchOf(ask).name();
    return ask.hasRole() ? name + " as " + ask.role() : name;
  }

  public List<ViewPlan> views() {
    return branches.stream().filter(ViewPlan.class::isInstance).map(ViewPlan.class::cast).toList();
  }

  public List<LookupPlan> lookups() {
    return branches.stream()
        .filter(LookupPlan.class::isInstance)
        .map(LookupPlan.class::cast)
        .toList();
  }

  public Optional<LabelPlan> label() {
    return Optional.ofNullable(label);
  }

  /** The ask that the label answers, where it is a branch. */
  public Optional<Ask> labelAsk() {
    return label instanceof Branch branch ? Optional.of(asksOf(branch).get(0)) : Optional.empty();
  }

  /** The request's entities, as vectors name them: by their names, or by their keys' roles. */
  public List<EntityKeyPlan> entities() {
    return entities;
  }

  /** The vector, in order. */
  public List<FeatureColumn> features() {
    return features;
  }

  /**
   * Fields of tables that expressions read and the vector hasn't: in expressions their places are
   * those behind the vector's.
   */
  public List<FeatureColumn> unseen() {
    return unseen;
  }

  public List<ValueType> featureTypes() {
    return features.stream().map(FeatureColumn::type).toList();
  }

  /** What a row that waits for its label holds: the features, and what the label reads of it. */
  public List<ValueType> waitingTypes() {
    List<ValueType> types = new ArrayList<>(featureTypes());
    label()
        .ifPresent(
            l ->
                l.requestColumns()
                    .forEach(c -> types.add(requestSource().columns().get(c).type())));
    return types;
  }

  /** The derived expressions, by slot. */
  public List<TypedExpression> derived() {
    return derived;
  }

  /** The slots of the derived expressions, each after those it reads. */
  public List<Integer> derivedOrder() {
    return derivedOrder;
  }

  /**
   * Everything that can change a value, one rule a line; what the fingerprint is taken of (C14).
   */
  public String text() {
    return text;
  }

  /** SHA-256 of {@link #text}, in hex. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * The label with its source's rules in one line, for what is made with it; empty without a label.
   * It is no part of the fingerprint: no vector depends on it.
   */
  public String labelText() {
    return label == null ? "" : LabelText.canonical(label, this);
  }

  /** What people should know about its parts; it changes nothing. */
  public PlanAbout about() {
    return about;
  }

  /**
   * What is allowed and yet suspicious, in the worst case: that of a history that carries no
   * arrival times for any source; and what is deprecated.
   */
  public List<DefinitionWarning> warnings() {
    List<DefinitionWarning> warnings = new ArrayList<>(LeakCheck.warnings(this, source -> true));
    warnings.addAll(about.warnings());
    return warnings;
  }

  /**
   * What is suspicious given what a history turned out to carry.
   *
   * @param assumedOnTime the names of the sources whose history has neither an availability column
   *     nor record timestamps ("assumed on time", C1)
   */
  public List<DefinitionWarning> warnings(Set<String> assumedOnTime) {
    return LeakCheck.warnings(this, assumedOnTime::contains);
  }

  /** What a feature is, for people, in one line: an aggregation over a window, or an expression. */
  public String describe(int feature) {
    return PlanExplanation.describe(this, features.get(feature));
  }

  /** The plan for people: sources, views with their features, the vector. */
  public String explain() {
    return PlanExplanation.of(this);
  }
}
