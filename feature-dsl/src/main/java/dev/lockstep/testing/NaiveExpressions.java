package dev.lockstep.testing;

import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.expression.UnaryOperator;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each derived expression is, over boxed values (C6, C7). */
final class NaiveExpressions {
  private NaiveExpressions() {}

  /**
   * The value of an expression.
   *
   * @param fields the columns of the request, or of a label's event
   * @param features the vector so far
   */
  static @Nullable Object value(TypedExpression e, Values fields, Values features) {
    return value(e, fields, fields, features);
  }

  /** The value of a label's expression, over an event and the request that it names. */
  static @Nullable Object ofLabel(TypedExpression e, Values event, Values request) {
    return value(e, event, request, event);
  }

  private static @Nullable Object value(
      TypedExpression e, Values fields, Values request, Values features) {
    Node expression = e.expression();
    if (expression instanceof Node.Field field) {
      return (field.ofRequest() ? request : fields).get(e.index());
    }
    if (expression instanceof Node.Feature) {
      return features.get(e.index());
    }
    if (expression instanceof Node.Literal literal) {
      return canonical(literal.value());
    }
    List<@Nullable Object> in = new ArrayList<>();
    for (TypedExpression operand : e.operands()) {
      in.add(value(operand, fields, request, features));
    }
    return canonical(combined(expression, e.type(), in));
  }

  private static @Nullable Object combined(Node e, ValueType type, List<@Nullable Object> in) {
    if (e instanceof Node.When) {
      return widened(Boolean.TRUE.equals(in.get(0)) ? in.get(1) : in.get(2), type);
    }
    if (e instanceof Node.Binary b && b.operator() == BinaryOperator.OR_ELSE) {
      return widened(in.get(0) != null ? in.get(0) : in.get(1), type);
    }
    if (e instanceof Node.Unary unary && unary.operator() == UnaryOperator.IS_NULL) {
      return in.get(0) == null;
    }
    if (e instanceof Node.Binary b && b.operator() == BinaryOperator.AND) {
      return in.contains(false) ? (Object) false : in.contains(null) ? null : (Object) true;
    }
    if (e instanceof Node.Binary b && b.operator() == BinaryOperator.OR) {
      return in.contains(true) ? (Object) true : in.contains(null) ? null : (Object) false;
    }
    if (in.contains(null)) {
      return null;
    }
    List<Object> known = operands(e, in.stream().map(Objects::requireNonNull).toList());
    if (e instanceof Node.Unary unary) {
      return NaiveFunctions.unary(unary.operator(), known.get(0));
    }
    if (e instanceof Node.LocalTime time) {
      return NaiveFunctions.localTime(time, (Instant) known.get(0));
    }
    if (e instanceof Node.CalendarDays days) {
      return NaiveFunctions.calendarDays(days, (Instant) known.get(0), (Instant) known.get(1));
    }
    if (e instanceof Node.Shift shift) {
      return NaiveFunctions.moved((Instant) known.get(0), shift.by());
    }
    if (e instanceof Node.Call call) {
      return NaiveFunctions.call(call, type, known);
    }
    return binary(((Node.Binary) e).operator(), type, known.get(0), known.get(1));
  }

  /** Decimals are compared with each other as they are; elsewhere the nearest doubles count. */
  private static List<Object> operands(Node e, List<Object> in) {
    boolean compares =
        e instanceof Node.Binary binary
            && switch (binary.operator()) {
              case LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST, EQUAL_TO, NOT_EQUAL_TO, MIN, MAX ->
                  true;
              default -> false;
            };
    compares |=
        e instanceof Node.Call call
            && !call.parameters().isEmpty()
            && call.parameters().get(0).type() == ValueType.DECIMAL;
    return compares && in.stream().allMatch(BigDecimal.class::isInstance)
        ? in
        : in.stream()
            .map(x -> x instanceof BigDecimal d ? (Object) NearestDouble.of(d) : x)
            .toList();
  }

  private static @Nullable Object binary(
      BinaryOperator operator, ValueType type, Object a, Object b) {
    return switch (operator) {
      case PLUS, MINUS, TIMES, DIVIDED_BY, REMAINDER, POW ->
          type == ValueType.LONG
              ? integer(operator, BigInteger.valueOf((Long) a), BigInteger.valueOf((Long) b))
              : real(operator, ((Number) a).doubleValue(), ((Number) b).doubleValue());
      case MIN -> widened(compare(a, b) <= 0 ? a : b, type);
      case MAX -> widened(compare(a, b) >= 0 ? a : b, type);
      case LESS_THAN -> compare(a, b) < 0;
      case AT_MOST -> compare(a, b) <= 0;
      case GREATER_THAN -> compare(a, b) > 0;
      case AT_LEAST -> compare(a, b) >= 0;
      case EQUAL_TO -> compare(a, b) == 0;
      case NOT_EQUAL_TO -> compare(a, b) != 0;
      case SECONDS_SINCE -> NaiveFunctions.elapsed((Instant) a, (Instant) b, "1");
      case DAYS_SINCE -> NaiveFunctions.elapsed((Instant) a, (Instant) b, "86400");
      case AND, OR, OR_ELSE -> throw new IllegalStateException("handled above");
    };
  }

  /** An integer beside a double is compared as a double. */
  static int compare(Object a, Object b) {
    return a.getClass() == b.getClass()
        ? NaiveOrder.compare(a, b)
        : Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
  }

  private static @Nullable Object integer(BinaryOperator operator, BigInteger a, BigInteger b) {
    if (operator == BinaryOperator.REMAINDER && b.signum() == 0) {
      return null;
    }
    BigInteger result =
        switch (operator) {
          case PLUS -> a.add(b);
          case MINUS -> a.subtract(b);
          case REMAINDER -> a.remainder(b);
          default -> a.multiply(b);
        };
    return fitting(result);
  }

  /** The integer as a Long, or null if it doesn't fit. */
  static @Nullable Object fitting(BigInteger integer) {
    return integer.bitLength() < Long.SIZE ? integer.longValue() : null;
  }

  private static @Nullable Object real(BinaryOperator operator, double a, double b) {
    return switch (operator) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case TIMES -> a * b;
      case REMAINDER ->
          b == 0 ? null : (Object) new BigDecimal(a).remainder(new BigDecimal(b)).doubleValue();
      case POW -> StrictMath.pow(a, b);
      default -> b == 0 ? null : (Object) (a / b);
    };
  }

  static @Nullable Object widened(@Nullable Object value, ValueType type) {
    if (type == ValueType.DOUBLE && value instanceof BigDecimal decimal) {
      return NearestDouble.of(decimal);
    }
    return type == ValueType.DOUBLE && value instanceof Long integer
        ? (Object) integer.doubleValue()
        : value;
  }

  /** NaN and infinity are null, -0.0 is 0.0 (C6). */
  static @Nullable Object canonical(@Nullable Object value) {
    if (!(value instanceof Double number)) {
      return value;
    }
    if (number.isNaN() || number.isInfinite()) {
      return null;
    }
    return number == 0 ? 0.0 : number;
  }
}
