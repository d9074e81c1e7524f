package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Expression;
import dev.lockstep.define.TableField;
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
  private final List<FeatureColumn> features;
  private final Lookups lookups;
  private final Map<String, Expression> derivedParts;
  private final Predicate<String> broken;
  private final Consumer<DefinitionError> errors;
  private final Map<String, TypedExpression> done = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();
  private final Set<String> path = new LinkedHashSet<>();
  private final List<Integer> order = new ArrayList<>();

  /** Of a condition on events, or a label's value, which can read no features. */
  ExpressionTyper(SourceBuilder source, Consumer<DefinitionError> errors) {
    this(
        source,
        List.of(),
        (subject, field) -> {
          errors.accept(
              new DefinitionError(
                  subject,
                  "what is computed of an event can't look up table " + field.table().name(),
                  "read fields of the event: field(Record::component)"));
          return null;
        },
        Map.of(),
        name -> false,
        errors);
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
      Map<String, Expression> derivedParts,
      Predicate<String> broken,
      Consumer<DefinitionError> errors) {
    this.broken = broken;
    this.source = source;
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
    Expression expression = java.util.Objects.requireNonNull(derivedParts.get(name));
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
  @Nullable TypedExpression type(String subject, Expression e) {
    if (e instanceof Expression.Field field) {
      int column = source.column(field.column(), subject);
      return column < 0 ? null : leaf(e, source.typeOf(column), column);
    }
    if (e instanceof Expression.Lookup lookup) {
      return lookups.resolve(subject, lookup.field());
    }
    if (e instanceof Expression.Literal literal) {
      return leaf(e, literal.type(), -1);
    }
    if (e instanceof Expression.Feature reference) {
      return feature(subject, reference);
    }
    List<TypedExpression> operands = new ArrayList<>();
    for (Expression operand : operandsOf(e)) {
      TypedExpression typed = type(subject, operand);
      if (typed != null) {
        operands.add(typed);
      }
    }
    if (operands.size() < operandsOf(e).size()) {
      return null;
    }
    List<ValueType> types = operands.stream().map(TypedExpression::type).toList();
    ValueType type = ExpressionTypes.result(e, types);
    if (type == null) {
      errors.accept(ExpressionTypes.mismatch(subject, e, types));
    }
    boolean sound =
        !(e instanceof Expression.Call call) || CallParameters.check(subject, call, errors);
    if (type == null || !sound) {
      return null;
    }
    return new TypedExpression(e, type, operands, -1);
  }

  private static TypedExpression leaf(Expression e, ValueType type, int index) {
    return new TypedExpression(e, type, List.of(), index);
  }

  private @Nullable TypedExpression feature(String subject, Expression.Feature reference) {
    if (broken.test(reference.name())) {
      return null;
    }
    for (int i = 0; i < features.size(); i++) {
      FeatureColumn column = features.get(i);
      if (!column.name().equals(reference.name())) {
        continue;
      }
      if (!column.isDerived()) {
        return leaf(reference, column.type(), i);
      }
      TypedExpression typed = derivedFeature(column.name());
      return typed == null ? null : leaf(reference, typed.type(), i);
    }
    if (features.isEmpty()) {
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

  private static List<Expression> operandsOf(Expression e) {
    if (e instanceof Expression.Unary unary) {
      return List.of(unary.operand());
    }
    if (e instanceof Expression.Binary binary) {
      return List.of(binary.left(), binary.right());
    }
    if (e instanceof Expression.Call call) {
      return call.operands();
    }
    if (e instanceof Expression.When when) {
      return List.of(when.condition(), when.then(), when.otherwise());
    }
    return List.of(((Expression.LocalTime) e).instant());
  }
}
