package dev.lockstep.plan;

import static dev.lockstep.value.ValueType.BOOLEAN;
import static dev.lockstep.value.ValueType.DOUBLE;
import static dev.lockstep.value.ValueType.INSTANT;
import static dev.lockstep.value.ValueType.LONG;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Expression;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves names and types of expressions; reports unknown names, wrong types and cycles. */
final class ExpressionTyper {
  private final SourceBuilder source;
  private final List<FeatureColumn> features;
  private final Map<String, Expression> derivedParts;
  private final Consumer<DefinitionError> errors;
  private final Map<String, TypedExpression> done = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();
  private final Set<String> path = new LinkedHashSet<>();
  private final List<Integer> order = new ArrayList<>();

  ExpressionTyper(
      SourceBuilder source,
      List<FeatureColumn> features,
      Map<String, Expression> derivedParts,
      Consumer<DefinitionError> errors) {
    this.source = source;
    this.features = features;
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
    if (e instanceof Expression.Literal literal) {
      return leaf(e, literal.type(), -1);
    }
    if (e instanceof Expression.Feature reference) {
      return feature(subject, reference);
    }
    List<TypedExpression> operands = new ArrayList<>();
    for (Expression operand : operandsOf(e)) {
      TypedExpression typed = type(subject, operand);
      if (typed == null) {
        return null;
      }
      operands.add(typed);
    }
    ValueType type = resultType(e, operands.stream().map(TypedExpression::type).toList());
    if (type == null) {
      errors.accept(
          new DefinitionError(
              subject,
              operation(e)
                  + " can't take "
                  + operands.stream()
                      .map(o -> o.type().name())
                      .collect(Collectors.joining(" and ")),
              "give it " + expected(e)));
      return null;
    }
    return new TypedExpression(e, type, operands, -1);
  }

  private static TypedExpression leaf(Expression e, ValueType type, int index) {
    return new TypedExpression(e, type, List.of(), index);
  }

  private @Nullable TypedExpression feature(String subject, Expression.Feature reference) {
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
    if (e instanceof Expression.When when) {
      return List.of(when.condition(), when.then(), when.otherwise());
    }
    return List.of(((Expression.TimePart) e).instant());
  }

  private static @Nullable ValueType resultType(Expression e, List<ValueType> in) {
    if (e instanceof Expression.Unary unary) {
      return switch (unary.operator()) {
        case LOG1P -> in.get(0).isNumeric() ? DOUBLE : null;
        case NOT -> in.get(0) == BOOLEAN ? BOOLEAN : null;
      };
    }
    if (e instanceof Expression.TimePart) {
      return in.get(0) == INSTANT ? LONG : null;
    }
    if (e instanceof Expression.When) {
      return in.get(0) == BOOLEAN ? common(in.get(1), in.get(2)) : null;
    }
    ValueType left = in.get(0);
    ValueType right = in.get(1);
    boolean numbers = left.isNumeric() && right.isNumeric();
    return switch (((Expression.Binary) e).operator()) {
      case PLUS, MINUS, TIMES -> numbers ? common(left, right) : null;
      case DIVIDED_BY -> numbers ? DOUBLE : null;
      case LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST ->
          numbers || (left == INSTANT && right == INSTANT) ? BOOLEAN : null;
      case EQUAL_TO -> common(left, right) != null ? BOOLEAN : null;
      case AND, OR -> left == BOOLEAN && right == BOOLEAN ? BOOLEAN : null;
      case OR_ELSE -> common(left, right);
    };
  }

  private static @Nullable ValueType common(ValueType left, ValueType right) {
    if (left == right) {
      return left;
    }
    return left.isNumeric() && right.isNumeric() ? DOUBLE : null;
  }

  private static String operation(Expression e) {
    if (e instanceof Expression.Unary unary) {
      return unary.operator().name().toLowerCase(java.util.Locale.ROOT);
    }
    if (e instanceof Expression.Binary binary) {
      return binary.operator().symbol();
    }
    return e instanceof Expression.When ? "when" : "the time of day or week";
  }

  private static String expected(Expression e) {
    if (e instanceof Expression.When) {
      return "a condition and two values of one type";
    }
    if (e instanceof Expression.TimePart) {
      return "an Instant";
    }
    if (e instanceof Expression.Unary unary) {
      return unary.operator() == Expression.UnaryOperator.NOT ? "a boolean" : "a number";
    }
    return switch (((Expression.Binary) e).operator()) {
      case PLUS, MINUS, TIMES, DIVIDED_BY -> "two numbers";
      case LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST -> "two numbers or two instants";
      case AND, OR -> "two booleans";
      case EQUAL_TO, OR_ELSE -> "two values of one type";
    };
  }
}
