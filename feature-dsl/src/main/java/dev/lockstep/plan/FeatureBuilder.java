package dev.lockstep.plan;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ByCategory;
import dev.lockstep.aggregate.Cost;
import dev.lockstep.aggregate.Listing;
import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Condition;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.ExpressionTree;
import dev.lockstep.define.WindowedAggregate;
import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves one feature of a view, which its modifiers may make several: one for each listed
 * category, one for each element of a list.
 */
final class FeatureBuilder {
  private final String name;
  private final String subject;
  private final WindowedAggregate<?> value;
  private final SourceBuilder source;
  private final ViewBuilder view;
  private final Consumer<DefinitionError> errors;
  private final WindowBounds window;
  private final List<ViewPlan.Feature> built = new ArrayList<>();

  /** An expanded feature would say the same of each of its parts. */
  private final Set<DefinitionError> reported = new HashSet<>();

  FeatureBuilder(
      String name,
      WindowedAggregate<?> value,
      SourceBuilder source,
      ViewBuilder view,
      Consumer<DefinitionError> errors) {
    this.name = name;
    this.subject = (view.isOfLabel() ? "label " : "feature ") + name;
    this.value = value;
    this.source = source;
    this.view = view;
    this.errors = errors;
    this.window = new WindowBuilder(subject, view.isOfLabel(), errors).bounds(value.window());
  }

  List<ViewPlan.Feature> build() {
    Aggregate<?> aggregate = value.aggregate();
    Condition condition = aggregate.predicate();
    Node predicate = condition == null ? null : ExpressionTree.of(condition);
    aggregate.mistakes().forEach(m -> error(m.problem(), m.cure()));
    Aggregate.Category<?> category = aggregate.category();
    if (category == null) {
      addElements(name, predicate);
    } else if (category.asked() != null) {
      error(
          "a label is of all categories, or of listed ones",
          "drop at(...), or list them in by(...)");
      view.breaks(name);
    } else if (category.values().isEmpty()) {
      add(name, new ByCategory(aggregate.aggregation()), predicate);
      if (aggregate.inColumns()) {
        error(
            "a map by category has no columns",
            "list the categories, by(column, \"a\", \"b\"), or drop asColumns()");
        view.breaks(name);
      }
    } else {
      addCategories(category, predicate);
    }
    return built;
  }

  private void addCategories(Aggregate.Category<?> category, @Nullable Node before) {
    Set<Object> seen = new HashSet<>();
    for (Object one : category.values()) {
      if (!seen.add(one)) {
        error("its category [" + one + "] is listed twice", "list it once");
        continue;
      }
      Node.Literal literal =
          new Node.Literal(one instanceof String ? ValueType.STRING : ValueType.LONG, one);
      Node isOfIt =
          new Node.Binary(
              BinaryOperator.EQUAL_TO, new Node.Field(category.column(), false), literal);
      addElements(
          name + "_" + one,
          before == null ? isOfIt : new Node.Binary(BinaryOperator.AND, before, isOfIt));
    }
  }

  private void addElements(String featureName, @Nullable Node predicate) {
    Aggregation aggregation = value.aggregate().aggregation();
    if (!value.aggregate().inColumns()) {
      add(featureName, aggregation, predicate);
    } else if (aggregation instanceof Listing listing) {
      if (listing.size() < 1 || listing.size() > Listing.MOST) {
        add(featureName, aggregation, predicate); // which says why it refuses
        return;
      }
      for (int place = 1; place <= listing.size(); place++) {
        add(featureName + "_" + place, listing.element(place), predicate);
      }
    } else {
      error(
          OwnAggregations.called(aggregation) + " gives one value, not a list", "drop asColumns()");
      view.breaks(featureName);
    }
  }

  private void add(String featureName, Aggregation aggregation, @Nullable Node predicate) {
    List<Node> references = new ArrayList<>();
    if (aggregation instanceof ByCategory && value.aggregate().category() != null) {
      references.add(new Node.Field(value.aggregate().category().column(), false));
    }
    value.aggregate().inputs().forEach(e -> references.add(ExpressionTree.of(e)));
    List<Integer> inputs = new ArrayList<>();
    List<ValueType> types = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    boolean known = true;
    for (Node reference : references) {
      TypedExpression typed = view.typed(subject, reference);
      known &= typed != null;
      types.add(typed == null ? ValueType.LONG : typed.type());
      texts.add(typed == null ? "" : "[" + ExpressionText.of(typed, source.columns, "") + "]");
      inputs.add(
          typed == null || reference instanceof Node.Field
              ? view.inputOf(typed == null ? -1 : typed.index())
              : view.inputOf(typed));
    }
    if (known) {
      checkInputs(aggregation, types, texts);
    }
    if (!known || aggregation.rejection(types).isPresent()) {
      view.breaks(featureName);
    }
    checkWindow(aggregation);
    int filter = predicate == null ? ViewBuilder.NO_FILTER : view.filterOf(subject, predicate);
    boolean isTyped = known && aggregation.rejection(types).isEmpty();
    ValueType result = isTyped ? aggregation.resultType(types) : ValueType.DOUBLE;
    built.add(
        new ViewPlan.Feature(
            featureName,
            aggregation,
            inputs,
            types,
            filter,
            result,
            window,
            value.withoutRequest(),
            isTyped ? defaultOf(result) : null));
  }

  /** The default as a value of the feature's type; null without one, or after reporting it. */
  private Node.@Nullable Literal defaultOf(ValueType result) {
    Node.Literal given = value.defaultValue();
    if (given == null || !Constants.check(subject, given, this::report)) {
      return null;
    }
    Node.Literal fitting = Constants.as(result, given);
    if (fitting == null) {
      error(
          "it is of type "
              + result
              + ", its default "
              + ExpressionText.literal(given)
              + " of type "
              + given.type(),
          "give a default of the feature's type: orElse(" + Constants.example(result) + ")");
    }
    return fitting;
  }

  private void checkInputs(Aggregation aggregation, List<ValueType> types, List<String> texts) {
    aggregation
        .rejection(types)
        .ifPresent(
            cure ->
                error(
                    OwnAggregations.called(aggregation)
                        + " can't take "
                        + String.join(" and ", texts)
                        + ", which "
                        + (types.size() == 1 ? "is " : "are ")
                        + types.stream().map(ValueType::name).collect(Collectors.joining(" and ")),
                    cure));
  }

  private void checkWindow(Aggregation aggregation) {
    aggregation
        .rejection(window)
        .ifPresent(
            cure ->
                error(
                    OwnAggregations.called(aggregation)
                        + " makes no sense over "
                        + WindowText.forPeople(window),
                    cure));
    if (aggregation.cost() == Cost.WINDOW && window instanceof WindowBounds.Lifetime) {
      error(
          OwnAggregations.called(aggregation)
              + " looks through the whole window for each request, and a lifetime has no end",
          "give it a window with an end: last(days(90)) or lastEvents(100)");
    }
  }

  private void error(String problem, String cure) {
    report(new DefinitionError(subject, problem, cure));
  }

  private void report(DefinitionError error) {
    if (reported.add(error)) {
      errors.accept(error);
    }
  }
}
