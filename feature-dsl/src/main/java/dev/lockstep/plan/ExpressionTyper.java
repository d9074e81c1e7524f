package dev.lockstep.plan;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.TableField;
import dev.lockstep.expression.FeatureKind;
import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves names and types of expressions; reports unknown names, wrong types and cycles. */
final class ExpressionTyper {
  private final SourceBuilder source;
  private final boolean readsEvents;
  private final @Nullable SourceBuilder requests;
  private final List<FeatureColumn> features;
  private final Lookups lookups;
  private final Map<String, Node> derivedParts;
  private final Predicate<String> broken;
  private final Consumer<DefinitionError> errors;
  private final Map<String, TypedExpression> done = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();
  private final Set<String> path = new LinkedHashSet<>();
  private final List<Integer> order = new ArrayList<>();

  /** Of what is computed of events, which can read neither features nor the request. */
  ExpressionTyper(SourceBuilder source, Consumer<DefinitionError> errors) {
    this(source, null, errors);
  }

  /** Of a label's value, which can read the request beside the event. */
  static ExpressionTyper ofLabel(
      SourceBuilder source, SourceBuilder requests, Consumer<DefinitionError> errors) {
    return new ExpressionTyper(source, requests, errors);
  }

  private ExpressionTyper(
      SourceBuilder source, @Nullable SourceBuilder requests, Consumer<DefinitionError> errors) {
    this.source = source;
    this.requests = requests;
    this.readsEvents = true;
    this.features = List.of();
    this.lookups =
        (subject, field) -> {
          errors.accept(
              new DefinitionError(
                  subject,
                  "what is computed of an event can't look up table " + field.table().name(),
                  "read fields of the event: field(Record::component)"));
          return null;
        };
    this.derivedParts = Map.of();
    this.broken = name -> false;
    this.errors = errors;
  }

  /** Resolves fields of tables. */
  interface Lookups {
    /** The field as an expression reads it; null after reporting what is wrong with it. */
    @Nullable TypedExpression resolve(String subject, TableField field);
  }

  /**
   * @param broken whether a feature was reported, by name: what reads it is then no mistake of its
   *     own
   */
  ExpressionTyper(
      SourceBuilder source,
      List<FeatureColumn> features,
      Lookups lookups,
      Map<String, Node> derivedParts,
      Predicate<String> broken,
      Consumer<DefinitionError> errors) {
    this.broken = broken;
    this.source = source;
    this.requests = null;
    this.readsEvents = false;
    this.features = features;
    this.lookups = lookups;
    this.derivedParts = derivedParts;
    this.errors = errors;
  }

  /** The typed derived expressions by slot; shorter than the definition's if any was reported. */
  List<TypedExpression> typeAll() {
    List<TypedExpression> all = new ArrayList<>();
    for (String name : derivedParts.keySet()) {
      TypedExpression typed = derivedFeature(name);
      if (typed != null) {
        all.add(typed);
      }
    }
    return all;
  }

  /** The slots of the derived expressions, each after those it reads. */
  List<Integer> order() {
    return order;
  }

  private @Nullable TypedExpression derivedFeature(String name) {
    TypedExpression known = done.get(name);
    if (known != null || failed.contains(name)) {
      return known;
    }
    if (!path.add(name)) {
      List<String> cycle = List.copyOf(path);
      cycle = cycle.subList(cycle.indexOf(name), cycle.size());
      errors.accept(
          new DefinitionError(
              "feature " + name,
              "it is derived from itself: " + String.join(" -> ", cycle) + " -> " + name,
              "break the cycle: derive one of them from request fields or window features only"));
      failed.addAll(path);
      return null;
    }
    Node expression = java.util.Objects.requireNonNull(derivedParts.get(name));
    TypedExpression typed = type("feature " + name, expression);
    path.remove(name);
    if (typed == null) {
      failed.add(name);
      return null;
    }
    done.put(name, typed);
    order.add(List.copyOf(derivedParts.keySet()).indexOf(name));
    return typed;
  }

  /** The typed expression, or null after reporting what is wrong with it. */
  @Nullable TypedExpression type(String subject, Node e) {
    if (e instanceof Node.Field field) {
      return field(subject, field);
    }
    if (e instanceof Node.Lookup lookup) {
      return lookups.resolve(subject, (TableField) lookup.field());
    }
    if (e instanceof Node.Literal literal) {
      return Constants.check(subject, literal, errors) ? leaf(e, literal.type(), -1) : null;
    }
    if (e instanceof Node.Feature reference) {
      return feature(subject, reference);
    }
    List<TypedExpression> operands = new ArrayList<>();
    for (Node operand : e.operands()) {
      TypedExpression typed = type(subject, operand);
      if (typed != null) {
        operands.add(typed);
      }
    }
    if (operands.size() < e.operands().size()) {
      return null;
    }
    List<ValueType> types = operands.stream().map(TypedExpression::type).toList();
    ValueType type = ExpressionTypes.result(e, types);
    if (type == null) {
      errors.accept(ExpressionTypes.mismatch(subject, e, types));
    }
    boolean sound = Constants.checkIn(subject, e, errors);
    if (type == null || !sound) {
      return null;
    }
    return new TypedExpression(e, type, operands, -1);
  }

  private @Nullable TypedExpression field(String subject, Node.Field field) {
    if (field.ofRequest() && requests != null) {
      int column = requests.column((Column<?, ?>) field.column(), subject);
      return column < 0 ? null : leaf(field, requests.typeOf(column), column);
    }
    if (field.ofRequest() && readsEvents) {
      errors.accept(
          new DefinitionError(
              subject,
              "what is computed of an event can't read the request",
              "read fields of the event: field(Record::component)"));
      return null;
    }
    int column = source.column((Column<?, ?>) field.column(), subject);
    return column < 0 ? null : leaf(field, source.typeOf(column), column);
  }

  private static TypedExpression leaf(Node e, ValueType type, int index) {
    return new TypedExpression(e, type, List.of(), index);
  }

  private @Nullable TypedExpression feature(String subject, Node.Feature reference) {
    if (broken.test(reference.name())) {
      return null;
    }
    for (int i = 0; i < features.size(); i++) {
      FeatureColumn column = features.get(i);
      if (!column.name().equals(reference.name())) {
        continue;
      }
      if (!column.isDerived()) {
        return ofKind(subject, reference, column.type(), i);
      }
      TypedExpression typed = derivedFeature(column.name());
      return typed == null ? null : ofKind(subject, reference, typed.type(), i);
    }
    if (readsEvents) {
      errors.accept(
          new DefinitionError(
              subject,
              "a condition on events can't read the feature [" + reference.name() + "]",
              "read fields of the event: field(Record::component)"));
      return null;
    }
    errors.accept(
        new DefinitionError(
            subject,
            "there is no feature [" + reference.name() + "] in the set",
            "use one of: "
                + features.stream().map(FeatureColumn::name).collect(Collectors.joining(", "))));
    return null;
  }

  /** A reference that takes the feature for what it is; null after reporting another. */
  private @Nullable TypedExpression ofKind(
      String subject, Node.Feature reference, ValueType type, int index) {
    FeatureKind kind = FeatureKind.of(type);
    if (kind == reference.kind()) {
      return leaf(reference, type, index);
    }
    errors.accept(
        new DefinitionError(
            subject,
            "the feature ["
                + reference.name()
                + "] is "
                + kind.words()
                + ", read as "
                + reference.kind().words(),
            "read it by " + kind.method() + "(\"" + reference.name() + "\")"));
    return null;
  }
}
