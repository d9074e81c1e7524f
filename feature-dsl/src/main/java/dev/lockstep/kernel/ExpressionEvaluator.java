package dev.lockstep.kernel;

import dev.lockstep.define.Expression;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;

/**
 * Computes one derived expression: the only evaluator, on every path.
 *
 * <p>Each node writes one value into a scratch row; nothing is boxed. Not thread-safe.
 */
public final class ExpressionEvaluator {
  private final TypedExpression root;
  private final List<ExpressionEvaluator> operands;
  private final Values scratch;

  public ExpressionEvaluator(TypedExpression root) {
    this.root = root;
    this.operands = root.operands().stream().map(ExpressionEvaluator::new).toList();
    this.scratch = new Values(List.of(root.type()));
  }

  /**
   * Evaluates into {@code out} at {@code index}.
   *
   * @param fields the columns of the request (or of the label's event)
   * @param features the vector so far
   */
  public void evaluate(Values fields, Values features, Values out, int index) {
    compute(fields, features);
    out.copy(index, scratch, 0);
  }

  private void compute(Values fields, Values features) {
    Expression e = root.expression();
    if (e instanceof Expression.Field) {
      scratch.copy(0, fields, root.index());
    } else if (e instanceof Expression.Feature) {
      scratch.copy(0, features, root.index());
    } else if (e instanceof Expression.Literal literal) {
      scratch.set(0, literal.value());
    } else {
      operands.forEach(o -> o.compute(fields, features));
      if (e instanceof Expression.Unary unary) {
        unary(unary.operator());
      } else if (e instanceof Expression.Binary binary) {
        binary(binary.operator());
      } else if (e instanceof Expression.TimePart part) {
        timePart(part);
      } else {
        boolean holds = !operands.get(0).isNull() && operands.get(0).scratch.getBoolean(0);
        take(operands.get(holds ? 1 : 2));
      }
    }
  }

  private boolean isNull() {
    return scratch.isNull(0);
  }

  private double number() {
    return root.type() == ValueType.DOUBLE ? scratch.getDouble(0) : (double) scratch.getLong(0);
  }

  /** Takes over an operand's value, widened to this node's type. */
  private void take(ExpressionEvaluator operand) {
    if (operand.root.type() == root.type() || operand.isNull()) {
      if (operand.isNull()) {
        scratch.setNull(0);
      } else {
        scratch.copy(0, operand.scratch, 0);
      }
    } else {
      scratch.setDouble(0, operand.number());
    }
  }

  private void unary(Expression.UnaryOperator operator) {
    ExpressionEvaluator x = operands.get(0);
    if (x.isNull()) {
      scratch.setNull(0);
      return;
    }
    switch (operator) {
      case LOG1P -> scratch.setDouble(0, StrictMath.log1p(x.number()));
      case NOT -> scratch.setBoolean(0, !x.scratch.getBoolean(0));
    }
  }

  private void binary(Expression.BinaryOperator operator) {
    ExpressionEvaluator left = operands.get(0);
    ExpressionEvaluator right = operands.get(1);
    if (operator == Expression.BinaryOperator.OR_ELSE) {
      take(left.isNull() ? right : left);
      return;
    }
    if (left.isNull() || right.isNull()) {
      scratch.setNull(0);
      return;
    }
    switch (operator) {
      case PLUS, MINUS, TIMES, DIVIDED_BY -> arithmetic(operator, left, right);
      case LESS_THAN -> scratch.setBoolean(0, compare(left, right) < 0);
      case AT_MOST -> scratch.setBoolean(0, compare(left, right) <= 0);
      case GREATER_THAN -> scratch.setBoolean(0, compare(left, right) > 0);
      case AT_LEAST -> scratch.setBoolean(0, compare(left, right) >= 0);
      case EQUAL_TO -> scratch.setBoolean(0, compare(left, right) == 0);
      case AND -> scratch.setBoolean(0, left.scratch.getBoolean(0) && right.scratch.getBoolean(0));
      case OR -> scratch.setBoolean(0, left.scratch.getBoolean(0) || right.scratch.getBoolean(0));
      case OR_ELSE -> throw new IllegalStateException("handled above");
    }
  }

  private void arithmetic(
      Expression.BinaryOperator operator, ExpressionEvaluator left, ExpressionEvaluator right) {
    if (root.type() == ValueType.LONG) {
      longArithmetic(operator, left.scratch.getLong(0), right.scratch.getLong(0));
      return;
    }
    double a = left.number();
    double b = right.number();
    // Infinities and NaN become null in setDouble; so does division by zero.
    scratch.setDouble(
        0,
        switch (operator) {
          case PLUS -> a + b;
          case MINUS -> a - b;
          case TIMES -> a * b;
          default -> a / b;
        });
  }

  private void longArithmetic(Expression.BinaryOperator operator, long a, long b) {
    try {
      scratch.setLong(
          0,
          switch (operator) {
            case PLUS -> Math.addExact(a, b);
            case MINUS -> Math.subtractExact(a, b);
            default -> Math.multiplyExact(a, b);
          });
    } catch (ArithmeticException overflow) {
      scratch.setNull(0); // C6: what doesn't fit its type is null
    }
  }

  private static int compare(ExpressionEvaluator left, ExpressionEvaluator right) {
    ValueType a = left.root.type();
    ValueType b = right.root.type();
    if (a == ValueType.STRING) {
      return Objects.requireNonNull(left.scratch.getString(0))
          .compareTo(Objects.requireNonNull(right.scratch.getString(0)));
    }
    if (a == ValueType.DOUBLE || b == ValueType.DOUBLE) {
      return Double.compare(left.number(), right.number());
    }
    return Long.compare(left.scratch.getLong(0), right.scratch.getLong(0));
  }

  private void timePart(Expression.TimePart part) {
    ExpressionEvaluator instant = operands.get(0);
    if (instant.isNull()) {
      scratch.setNull(0);
      return;
    }
    ZonedDateTime local = Micros.toInstant(instant.scratch.getLong(0)).atZone(part.zone());
    scratch.setLong(
        0,
        switch (part.part()) {
          case HOUR_OF_DAY -> local.getHour();
          case DAY_OF_WEEK -> local.getDayOfWeek().getValue();
        });
  }
}
