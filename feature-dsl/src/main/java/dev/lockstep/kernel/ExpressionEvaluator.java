package dev.lockstep.kernel;

import dev.lockstep.aggregate.Elapsed;
import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.expression.UnaryOperator;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Computes one derived expression: the only evaluator, on every path.
 *
 * <p>Each node writes one value into a scratch row; nothing is boxed. Not thread-safe.
 */
public final class ExpressionEvaluator {
  private final TypedExpression root;
  private final List<ExpressionEvaluator> operands;
  private final @Nullable CallEvaluator call;
  private final Values scratch;

  public ExpressionEvaluator(TypedExpression root) {
    this.root = root;
    this.operands = root.operands().stream().map(ExpressionEvaluator::new).toList();
    this.call =
        root.expression() instanceof Node.Call function
            ? new CallEvaluator(function, operands)
            : null;
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
    Node e = root.expression();
    if (e instanceof Node.Field) {
      scratch.copy(0, fields, root.index());
    } else if (e instanceof Node.Feature) {
      scratch.copy(0, features, root.index());
    } else if (e instanceof Node.Literal literal) {
      scratch.set(0, literal.value());
    } else {
      operands.forEach(o -> o.compute(fields, features));
      if (e instanceof Node.Unary unary) {
        unary(unary.operator());
      } else if (e instanceof Node.Binary binary) {
        binary(binary.operator());
      } else if (call != null) {
        call.compute(scratch);
      } else if (e instanceof Node.When) {
        boolean holds = !operands.get(0).isNull() && operands.get(0).scratch.getBoolean(0);
        take(operands.get(holds ? 1 : 2));
      } else {
        TimeEvaluator.compute(e, operands, scratch);
      }
    }
  }

  ValueType type() {
    return root.type();
  }

  /** This node's value, in its one column. */
  Values value() {
    return scratch;
  }

  boolean isNull() {
    return scratch.isNull(0);
  }

  /** This node's number, an integer or a decimal as the double nearest to it. */
  double number() {
    return scratch.getNumber(0);
  }

  /** This node's text, which must not be null. */
  String text() {
    return Objects.requireNonNull(scratch.getString(0));
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

  private void unary(UnaryOperator operator) {
    ExpressionEvaluator x = operands.get(0);
    if (operator == UnaryOperator.IS_NULL) {
      scratch.setBoolean(0, x.isNull());
      return;
    }
    if (x.isNull()) {
      scratch.setNull(0);
      return;
    }
    switch (operator) {
      case NEGATE, ABS, FLOOR, ROUND -> {
        if (x.type() == ValueType.LONG) {
          unaryOfLong(operator, x.scratch.getLong(0));
        } else {
          unaryOfDouble(operator, x.number());
        }
      }
      case SQRT -> scratch.setDouble(0, StrictMath.sqrt(x.number()));
      case EXP -> scratch.setDouble(0, StrictMath.exp(x.number()));
      case LOG -> scratch.setDouble(0, StrictMath.log(x.number()));
      case LOG1P -> scratch.setDouble(0, StrictMath.log1p(x.number()));
      case NOT -> scratch.setBoolean(0, !x.scratch.getBoolean(0));
      case AS_INTEGER -> scratch.setLong(0, x.scratch.getBoolean(0) ? 1 : 0);
      case LOWER -> scratch.setString(0, x.text().toLowerCase(Locale.ROOT));
      case LENGTH -> scratch.setLong(0, x.text().codePointCount(0, x.text().length()));
      case IS_NULL -> throw new IllegalStateException("handled above");
    }
  }

  private void unaryOfLong(UnaryOperator operator, long x) {
    boolean turns = operator == UnaryOperator.NEGATE || (operator == UnaryOperator.ABS && x < 0);
    if (turns && x == Long.MIN_VALUE) {
      scratch.setNull(0); // C6: what doesn't fit its type is null
    } else {
      scratch.setLong(0, turns ? -x : x);
    }
  }

  private void unaryOfDouble(UnaryOperator operator, double x) {
    switch (operator) {
      case NEGATE -> scratch.setDouble(0, -x);
      case ABS -> scratch.setDouble(0, Math.abs(x));
      default -> {
        double whole = operator == UnaryOperator.FLOOR ? Math.floor(x) : Math.rint(x);
        if (whole >= -0x1p63 && whole < 0x1p63) {
          scratch.setLong(0, (long) whole);
        } else {
          scratch.setNull(0); // C6: what doesn't fit its type is null
        }
      }
    }
  }

  private void binary(BinaryOperator operator) {
    ExpressionEvaluator left = operands.get(0);
    ExpressionEvaluator right = operands.get(1);
    if (operator == BinaryOperator.OR_ELSE) {
      take(left.isNull() ? right : left);
      return;
    }
    if (operator == BinaryOperator.AND || operator == BinaryOperator.OR) {
      logic(operator == BinaryOperator.OR, left, right);
      return;
    }
    if (left.isNull() || right.isNull()) {
      scratch.setNull(0);
      return;
    }
    switch (operator) {
      case SECONDS_SINCE -> elapsed(left, right, Micros.PER_SECOND);
      case DAYS_SINCE -> elapsed(left, right, Micros.PER_DAY);
      case PLUS, MINUS, TIMES, DIVIDED_BY, REMAINDER, POW, MIN, MAX ->
          arithmetic(operator, left, right);
      case LESS_THAN -> scratch.setBoolean(0, compare(left, right) < 0);
      case AT_MOST -> scratch.setBoolean(0, compare(left, right) <= 0);
      case GREATER_THAN -> scratch.setBoolean(0, compare(left, right) > 0);
      case AT_LEAST -> scratch.setBoolean(0, compare(left, right) >= 0);
      case EQUAL_TO -> scratch.setBoolean(0, compare(left, right) == 0);
      case NOT_EQUAL_TO -> scratch.setBoolean(0, compare(left, right) != 0);
      case AND, OR, OR_ELSE -> throw new IllegalStateException("handled above");
    }
  }

  /** What decides, true for or and false for and, decides whatever the other side is (C7). */
  private void logic(boolean decides, ExpressionEvaluator left, ExpressionEvaluator right) {
    boolean isDecided =
        (!left.isNull() && left.scratch.getBoolean(0) == decides)
            || (!right.isNull() && right.scratch.getBoolean(0) == decides);
    if (!isDecided && (left.isNull() || right.isNull())) {
      scratch.setNull(0);
    } else {
      scratch.setBoolean(0, isDecided == decides);
    }
  }

  private void elapsed(ExpressionEvaluator later, ExpressionEvaluator earlier, long unitMicros) {
    long from = earlier.scratch.getLong(0);
    scratch.setDouble(0, Elapsed.between(from, later.scratch.getLong(0), unitMicros));
  }

  private void arithmetic(
      BinaryOperator operator, ExpressionEvaluator left, ExpressionEvaluator right) {
    if (root.type() != ValueType.DOUBLE) { // integers, or the extreme of instants or of decimals
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
          case REMAINDER -> a % b;
          case POW -> StrictMath.pow(a, b);
          case MIN -> Math.min(a, b);
          case MAX -> Math.max(a, b);
          default -> a / b;
        });
  }

  private void longArithmetic(BinaryOperator operator, long a, long b) {
    try {
      scratch.setLong(
          0,
          switch (operator) {
            case PLUS -> Math.addExact(a, b);
            case MINUS -> Math.subtractExact(a, b);
            case REMAINDER -> a % b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            default -> Math.multiplyExact(a, b);
          });
    } catch (ArithmeticException overflowOrZeroDivisor) {
      scratch.setNull(0); // C6, C7
    }
  }

  private static int compare(ExpressionEvaluator left, ExpressionEvaluator right) {
    ValueType a = left.root.type();
    ValueType b = right.root.type();
    if (a == ValueType.STRING) {
      return left.text().compareTo(right.text());
    }
    if (a != b || a == ValueType.DOUBLE) {
      return Double.compare(left.number(), right.number());
    }
    return Long.compare(left.scratch.getLong(0), right.scratch.getLong(0));
  }
}
