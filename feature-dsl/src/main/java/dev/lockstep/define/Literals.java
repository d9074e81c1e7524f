package dev.lockstep.define;

import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Constants as expressions, written down: the plan checks them.
 *
 * <p>The one rule for bare numbers: a whole one is a LONG, one with a point a DOUBLE, a {@code
 * BigDecimal} a DECIMAL; of several that stand together all count as doubles where one is (C6).
 */
final class Literals {
  private Literals() {}

  static Node.Literal of(Number value) {
    if (value instanceof Double || value instanceof Float) {
      // Adding 0.0 makes 0.0 of -0.0 (C6), which would be another text of the same constant.
      return new Node.Literal(ValueType.DOUBLE, value.doubleValue() + 0.0);
    }
    if (value instanceof BigDecimal decimal) {
      return new Node.Literal(ValueType.DECIMAL, shortest(decimal));
    }
    boolean isWhole =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte;
    return new Node.Literal(ValueType.LONG, isWhole ? (Number) value.longValue() : value);
  }

  static Node.Literal of(String value) {
    return new Node.Literal(ValueType.STRING, value);
  }

  static Node.Literal of(boolean value) {
    return new Node.Literal(ValueType.BOOLEAN, value);
  }

  static Node.Literal of(Instant value) {
    return new Node.Literal(ValueType.INSTANT, value);
  }

  /** Numbers that stand together: whole ones beside a double are doubles. */
  static List<Node.Literal> numbers(Number... values) {
    List<Node.Literal> each = Arrays.stream(values).map(Literals::of).toList();
    boolean ofOneType = each.stream().map(Node.Literal::type).distinct().count() <= 1;
    return ofOneType
        ? each
        : Arrays.stream(values).map(v -> of((Number) (v.doubleValue() + 0.0))).toList();
  }

  static List<Node.Literal> texts(String... values) {
    return Arrays.stream(values).map(Literals::of).toList();
  }

  private static BigDecimal shortest(BigDecimal decimal) {
    // Of more digits than fit nothing is made shorter: the plan shows them as they are.
    if (decimal.precision() > 40) {
      return decimal;
    }
    BigDecimal stripped = decimal.stripTrailingZeros();
    boolean isLong = stripped.scale() < -40;
    return isLong || stripped.scale() >= 0 ? stripped : stripped.setScale(0);
  }
}
