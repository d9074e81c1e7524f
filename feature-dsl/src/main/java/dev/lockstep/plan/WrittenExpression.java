package dev.lockstep.plan;

import dev.lockstep.define.DurationText;
import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.expression.TimePart;
import dev.lockstep.expression.UnaryOperator;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An expression for people: arithmetic, comparisons and logic between their operands with the
 * brackets that precedence needs, functions as methods, as the definition has them.
 */
final class WrittenExpression {
  // How strongly an operation holds its operands together.
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int COMPARISON = 4;
  private static final int SUM = 5;
  private static final int PRODUCT = 6;
  private static final int SIGN = 7;
  private static final int CALL = 8;

  private final Function<TypedExpression, String> columnText;

  /**
   * @param columnText the text of a field
   */
  WrittenExpression(Function<TypedExpression, String> columnText) {
    this.columnText = columnText;
  }

  String of(TypedExpression e) {
    Node node = e.expression();
    List<TypedExpression> in = e.operands();
    if (node instanceof Node.Field) {
      return columnText.apply(e);
    }
    if (node instanceof Node.Feature feature) {
      return feature.name();
    }
    if (node instanceof Node.Literal literal) {
      return literal(literal);
    }
    if (node instanceof Node.Unary unary) {
      return unary(unary.operator(), in.get(0));
    }
    if (node instanceof Node.Binary binary) {
      return binary(e, binary.operator());
    }
    if (node instanceof Node.Call call) {
      Stream<String> constants = call.parameters().stream().map(WrittenExpression::literal);
      return call.operands().size() > 1
          ? call(call.operator().symbol(), in.stream().map(this::of).toList())
          : method(in.get(0), call.operator().symbol(), constants.toList());
    }
    if (node instanceof Node.When) {
      return call("when", List.of(of(in.get(0))))
          + call(".then", List.of(of(in.get(1))))
          + call(".otherwise", List.of(of(in.get(2))));
    }
    return ofTime(node, in);
  }

  private String ofTime(Node node, List<TypedExpression> in) {
    if (node instanceof Node.Shift shift) {
      Duration by = shift.by();
      return within(in.get(0), SUM)
          + (by.isNegative() ? " - " : " + ")
          + DurationText.of(by.isNegative() ? by.negated() : by);
    }
    if (node instanceof Node.CalendarDays days) {
      return method(in.get(0), "daysSince", List.of(of(in.get(1)), zone(days.zone())));
    }
    Node.LocalTime time = (Node.LocalTime) node;
    ZoneId zone = Zones.canonical(time.zone());
    return method(
        in.get(0),
        name(time.part()),
        zone.equals(ZoneOffset.UTC) ? List.of() : List.of(zone(zone)));
  }

  private static String zone(ZoneId zone) {
    return Zones.canonical(zone).toString();
  }

  /** HOUR_OF_DAY as hourOfDay. */
  private static String name(TimePart part) {
    if (part == TimePart.WEEKEND) {
      return "isWeekend";
    }
    StringBuilder name = new StringBuilder();
    for (String word : part.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  private static String literal(Node.Literal literal) {
    return switch (literal.type()) {
      case BOOLEAN, INSTANT -> literal.value().toString();
      case LONG, DOUBLE, DECIMAL, STRING -> ExpressionText.literal(literal);
    };
  }

  private String unary(UnaryOperator operator, TypedExpression operand) {
    return switch (operator) {
      case NEGATE -> "-" + within(operand, CALL);
      case NOT -> "not " + within(operand, CALL);
      case AS_INTEGER -> of(operand); // 1 or 0, as the feature's type says
      default -> method(operand, operator.symbol(), List.of());
    };
  }

  private String binary(TypedExpression e, BinaryOperator operator) {
    TypedExpression left = e.operands().get(0);
    TypedExpression right = e.operands().get(1);
    int holds = strength(e);
    if (holds == CALL) {
      return method(left, operator.symbol(), List.of(of(right)));
    }
    boolean isLogic = holds <= AND;
    return within(left, holds == COMPARISON ? holds + 1 : holds)
        + " "
        + operator.symbol()
        + " "
        + within(right, isLogic ? holds : holds + 1);
  }

  /** An operand in brackets unless it holds together at least so strongly. */
  private String within(TypedExpression operand, int atLeast) {
    return strength(operand) >= atLeast ? of(operand) : "(" + of(operand) + ")";
  }

  private String method(TypedExpression of, String name, List<String> arguments) {
    return call(within(of, CALL) + "." + name, arguments);
  }

  private static String call(String name, List<String> arguments) {
    return name + "(" + String.join(", ", arguments) + ")";
  }

  private static int strength(TypedExpression e) {
    if (e.expression() instanceof Node.Shift) {
      return SUM;
    }
    if (e.expression() instanceof Node.Unary unary) {
      return switch (unary.operator()) {
        case NEGATE -> SIGN;
        case NOT -> NOT;
        case AS_INTEGER -> strength(e.operands().get(0));
        default -> CALL;
      };
    }
    if (e.expression() instanceof Node.Binary binary) {
      return switch (binary.operator()) {
        case OR -> OR;
        case AND -> AND;
        case LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST, EQUAL_TO, NOT_EQUAL_TO -> COMPARISON;
        case PLUS, MINUS -> SUM;
        case TIMES, DIVIDED_BY, REMAINDER -> PRODUCT;
        case POW, MIN, MAX, SECONDS_SINCE, DAYS_SINCE, OR_ELSE -> CALL;
      };
    }
    return CALL;
  }
}
