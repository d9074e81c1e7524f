package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.FeatureView;
import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resolves the features of one view. */
final class ViewBuilder {
  /** No condition, in {@link ViewPlan.Feature}. */
  static final int NO_FILTER = -1;

  /** The first expression's number, until it is known how many columns stand before it. */
  private static final int FIRST = -2;

  private final FeatureView<?> view;
  private final SourceBuilder source;
  private final boolean ofLabel;
  private final Consumer<DefinitionError> errors;
  private final List<Integer> columns = new ArrayList<>();
  private final List<TypedExpression> predicates = new ArrayList<>();
  private final List<String> predicateTexts = new ArrayList<>();
  private final Set<String> broken = new LinkedHashSet<>();

  ViewBuilder(FeatureView<?> view, SourceBuilder source, Consumer<DefinitionError> errors) {
    this(view, source, false, errors);
  }

  /**
   * @param ofLabel whether its windows lie after the request
   */
  ViewBuilder(
      FeatureView<?> view,
      SourceBuilder source,
      boolean ofLabel,
      Consumer<DefinitionError> errors) {
    this.view = view;
    this.source = source;
    this.ofLabel = ofLabel;
    this.errors = errors;
  }

  ViewPlan build(
      int index, List<Integer> eventKey, boolean overRequests, long requestLatenessMicros) {
    List<ViewPlan.Feature> resolved = new ArrayList<>();
    for (FeatureView.Feature<?> feature : view.features()) {
      resolved.addAll(
          new FeatureBuilder(feature.name(), feature.value(), source, this, errors).build());
    }
    // Expressions stand behind the columns, whose number is known by now.
    List<ViewPlan.Feature> features = resolved.stream().map(this::placed).toList();
    List<ValueType> types =
        Stream.concat(
                columns.stream().map(c -> c < 0 ? ValueType.LONG : source.typeOf(c)),
                predicates.stream().map(TypedExpression::type))
            .toList();
    ViewPlan plan =
        new ViewPlan(
            index,
            view.name(),
            view.key().entity().name(),
            new BranchInput(source.index, eventKey, columns, predicates, types),
            features,
            new ViewPlan.Times(overRequests, source.latenessMicros(), requestLatenessMicros),
            "");
    return fingerprinted(plan, source);
  }

  /** A view with the fingerprint that it has with what is read of its source by now. */
  static ViewPlan fingerprinted(ViewPlan plan, SourceBuilder source) {
    return plan.withFingerprint(
        PlanText.fingerprint(PlanText.ofView(plan, source.columns, PlanText.rules(source))));
  }

  boolean isOfLabel() {
    return ofLabel;
  }

  /** Notes that a feature has no type that others could be held to, for a reported mistake. */
  void breaks(String featureName) {
    broken.add(featureName);
  }

  /** The features that {@link #breaks} was told of. */
  Set<String> broken() {
    return broken;
  }

  private ViewPlan.Feature placed(ViewPlan.Feature f) {
    return new ViewPlan.Feature(
        f.name(),
        f.aggregation(),
        f.inputs().stream().map(this::placed).toList(),
        f.inputTypes(),
        f.filter() == NO_FILTER ? NO_FILTER : placed(f.filter()),
        f.resultType(),
        f.window(),
        f.excludingRequest(),
        f.defaultValue());
  }

  /** A place as features have it: expressions are numbered down from {@link #FIRST}. */
  private int placed(int place) {
    return place > FIRST ? place : columns.size() + FIRST - place;
  }

  /** The place of a source's column among those the view carries, added if new. */
  int inputOf(int column) {
    int known = columns.indexOf(column);
    if (known >= 0) {
      return known;
    }
    columns.add(column);
    return columns.size() - 1;
  }

  /** An expression over the source's columns; null after reporting a mistake. */
  @Nullable TypedExpression typed(String subject, Node expression) {
    return new ExpressionTyper(source, errors).type(subject, expression);
  }

  /** The number of a condition among the view's expressions, added if new. */
  int filterOf(String subject, Node predicate) {
    TypedExpression typed = typed(subject, predicate);
    return typed == null ? NO_FILTER : inputOf(typed);
  }

  /** The number of an expression among the view's, added if new. */
  int inputOf(TypedExpression typed) {
    String text = ExpressionText.canonical(typed, source.columns, "");
    int known = predicateTexts.indexOf(text);
    if (known >= 0) {
      return FIRST - known;
    }
    predicates.add(typed);
    predicateTexts.add(text);
    return FIRST - (predicates.size() - 1);
  }
}
