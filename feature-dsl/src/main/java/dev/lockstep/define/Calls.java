package dev.lockstep.define;

import dev.lockstep.value.ValueType;
import java.util.Arrays;
import java.util.List;

/** Calls with constant parameters, written down: the plan checks them. */
final class Calls {
  private Calls() {}

  static Expression of(
      CallOperator operator, Expression operand, List<Expression.Literal> parameters) {
    return new Expression.Call(operator, List.of(operand), parameters);
  }

  static List<Expression.Literal> doubles(double... values) {
    // Adding 0.0 makes 0.0 of -0.0 (C6), which would be another text of the same parameter.
    return Arrays.stream(values)
        .mapToObj(v -> new Expression.Literal(ValueType.DOUBLE, v + 0.0))
        .toList();
  }

  static List<Expression.Literal> longs(long... values) {
    return Arrays.stream(values).mapToObj(v -> new Expression.Literal(ValueType.LONG, v)).toList();
  }

  static List<Expression.Literal> strings(String... values) {
    return Arrays.stream(values).map(v -> new Expression.Literal(ValueType.STRING, v)).toList();
  }
}
