package dev.lockstep.plan;

import static dev.lockstep.value.ValueType.BOOLEAN;
import static dev.lockstep.value.ValueType.DECIMAL;
import static dev.lockstep.value.ValueType.DOUBLE;
import static dev.lockstep.value.ValueType.INSTANT;
import static dev.lockstep.value.ValueType.LONG;
import static dev.lockstep.value.ValueType.STRING;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.expression.CallOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which types each operator takes, and which it gives: arithmetic on decimals gives doubles. */
final class ExpressionTypes {
  private static final String ONE_TYPE = "two values of one type";

  private ExpressionTypes() {}

  /** The type of what has operands of these types, or null where it can't take them. */
  static @Nullable ValueType result(Node e, List<ValueType> in) {
    if (e instanceof Node.Unary unary) {
      return unary(unary, in.get(0));
    }
    if (e instanceof Node.Binary binary) {
      return binary(binary, in.get(0), in.get(1));
    }
    if (e instanceof Node.Call call) {
      return call(call, in);
    }
    if (e instanceof Node.LocalTime time) {
      return in.get(0) == INSTANT ? part(time) : null;
    }
    if (e instanceof Node.CalendarDays) {
      return in.get(0) == INSTANT && in.get(1) == INSTANT ? LONG : null;
    }
    if (e instanceof Node.Shift) {
      return in.get(0) == INSTANT ? INSTANT : null;
    }
    return in.get(0) == BOOLEAN ? common(in.get(1), in.get(2)) : null;
  }

  private static ValueType part(Node.LocalTime time) {
    return switch (time.part()) {
      case HOUR_OF_DAY, DAY_OF_WEEK, DAY_OF_MONTH, MONTH -> LONG;
      case WEEKEND -> BOOLEAN;
      case TIME_OF_DAY_SINE, TIME_OF_DAY_COSINE, TIME_OF_WEEK_SINE, TIME_OF_WEEK_COSINE -> DOUBLE;
    };
  }

  private static @Nullable ValueType unary(Node.Unary e, ValueType in) {
    return switch (e.operator()) {
      case NEGATE, ABS -> in == DECIMAL ? DOUBLE : in.isNumeric() ? in : null;
      case FLOOR, ROUND -> in.isNumeric() ? LONG : null;
      case SQRT, EXP, LOG, LOG1P -> in.isNumeric() ? DOUBLE : null;
      case NOT -> in == BOOLEAN ? BOOLEAN : null;
      case IS_NULL -> BOOLEAN;
      case AS_INTEGER -> in == BOOLEAN ? LONG : null;
      case LOWER -> in == STRING ? STRING : null;
      case LENGTH -> in == STRING ? LONG : null;
    };
  }

  private static @Nullable ValueType binary(Node.Binary e, ValueType left, ValueType right) {
    boolean numbers = left.isNumeric() && right.isNumeric();
    boolean ordered = numbers || (left == INSTANT && right == INSTANT);
    return switch (e.operator()) {
      case PLUS, MINUS, TIMES, REMAINDER ->
          left == LONG && right == LONG ? LONG : numbers ? DOUBLE : null;
      case DIVIDED_BY, POW -> numbers ? DOUBLE : null;
      case MIN, MAX -> ordered ? common(left, right) : null;
      case SECONDS_SINCE, DAYS_SINCE -> left == INSTANT && right == INSTANT ? DOUBLE : null;
      case LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST -> ordered ? BOOLEAN : null;
      case EQUAL_TO, NOT_EQUAL_TO -> common(left, right) != null ? BOOLEAN : null;
      case AND, OR -> left == BOOLEAN && right == BOOLEAN ? BOOLEAN : null;
      case OR_ELSE -> common(left, right);
    };
  }

  private static @Nullable ValueType call(Node.Call e, List<ValueType> in) {
    ValueType first = in.get(0);
    return switch (e.operator()) {
      case IS_IN ->
          e.parameters().stream().allMatch(p -> common(first, p.type()) != null) ? BOOLEAN : null;
      case CLIP -> first.isNumeric() ? common(first, e.parameters().get(0).type()) : null;
      case BUCKETISE -> first.isNumeric() ? LONG : null;
      case HASH -> first == STRING || first == LONG ? LONG : null;
      case DISTANCE -> in.stream().allMatch(ValueType::isNumeric) ? DOUBLE : null;
    };
  }

  private static @Nullable ValueType common(ValueType left, ValueType right) {
    if (left == right) {
      return left;
    }
    return left.isNumeric() && right.isNumeric() ? DOUBLE : null;
  }

  /** Says that an operator can't take operands of these types, and what it takes. */
  static DefinitionError mismatch(String subject, Node e, List<ValueType> in) {
    List<ValueType> taken = new ArrayList<>(in);
    if (e instanceof Node.Call call && call.operator() == CallOperator.IS_IN) {
      taken.add(call.parameters().get(0).type());
    }
    return new DefinitionError(
        subject,
        operation(e)
            + " can't take "
            + taken.stream().map(ValueType::name).collect(Collectors.joining(" and ")),
        "give it " + expected(e));
  }

  private static String operation(Node e) {
    if (e instanceof Node.Unary unary) {
      return unary.operator().symbol();
    }
    if (e instanceof Node.Binary binary) {
      return binary.operator().symbol();
    }
    if (e instanceof Node.Call call) {
      return call.operator().symbol();
    }
    return e instanceof Node.When ? "when" : "arithmetic of time";
  }

  private static String expected(Node e) {
    if (e instanceof Node.When) {
      return "a condition and two values of one type";
    }
    if (e instanceof Node.LocalTime || e instanceof Node.Shift || e instanceof Node.CalendarDays) {
      return "instants";
    }
    if (e instanceof Node.Unary unary) {
      return switch (unary.operator()) {
        case NOT, AS_INTEGER -> "a boolean";
        case LOWER, LENGTH -> "text";
        case NEGATE, ABS, FLOOR, ROUND, SQRT, EXP, LOG, LOG1P -> "a number";
        case IS_NULL -> "a value";
      };
    }
    if (e instanceof Node.Call call) {
      return switch (call.operator()) {
        case IS_IN -> ONE_TYPE;
        case CLIP, BUCKETISE -> "a number";
        case HASH -> "text or an integer";
        case DISTANCE -> "four numbers, in degrees";
      };
    }
    return switch (((Node.Binary) e).operator()) {
      case PLUS, MINUS, TIMES, DIVIDED_BY, REMAINDER, POW -> "two numbers";
      case LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST, MIN, MAX -> "two numbers or two instants";
      case SECONDS_SINCE, DAYS_SINCE -> "two instants";
      case AND, OR -> "two booleans";
      case EQUAL_TO, NOT_EQUAL_TO, OR_ELSE -> ONE_TYPE;
    };
  }
}
