package dev.lockstep.plan;

import dev.lockstep.expression.Node;
import dev.lockstep.value.DoubleText;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An expression as text: as written for people, with every bracket for fingerprints. */
final class ExpressionText {
  private ExpressionText() {}

  /** Numbers bare, all else so that nothing can be taken for the name of a feature. */
  static String literal(Node.Literal literal) {
    String text = String.valueOf(literal.value());
    return switch (literal.type()) {
      case LONG, DECIMAL -> text;
      case DOUBLE -> number((Double) literal.value());
      case BOOLEAN, INSTANT -> "(" + text + ")";
      case STRING ->
          '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    };
  }

  /** With one text for 0.0 and -0.0, which are one value (C6). */
  private static String number(double value) {
    String text = DoubleText.of(value == 0 ? 0.0 : value);
    return Double.isFinite(value) ? text : "(" + text + ")";
  }

  /** The types of the columns and features read, in order. */
  static String inputTypes(TypedExpression e) {
    if (e.operands().isEmpty()) {
      return e.type().name();
    }
    return e.operands().stream().map(ExpressionText::inputTypes).collect(Collectors.joining(","));
  }

  /** Over a request's columns, for people. */
  static String of(TypedExpression e, List<ColumnPlan> columns) {
    return of(e, columns, "request.");
  }

  /** For people. */
  static String of(TypedExpression e, List<ColumnPlan> columns, String prefix) {
    return new WrittenExpression(field -> prefix + columns.get(field.index()).identity()).of(e);
  }

  /** For fingerprints: with what each column can hold (C14). */
  static String canonical(TypedExpression e, List<ColumnPlan> columns, String prefix) {
    return canonical(e, field -> prefix + columns.get(field.index()).text());
  }

  /** Of a label, which can read an event and the request. */
  static String canonical(
      TypedExpression e, List<ColumnPlan> columns, List<ColumnPlan> requestColumns) {
    return canonical(
        e,
        field ->
            isOfRequest(field)
                ? "request." + requestColumns.get(field.index()).text()
                : columns.get(field.index()).text());
  }

  /** Of a label, for people. */
  static String of(TypedExpression e, List<ColumnPlan> columns, List<ColumnPlan> requestColumns) {
    return new WrittenExpression(
            field ->
                isOfRequest(field)
                    ? "request." + requestColumns.get(field.index()).identity()
                    : columns.get(field.index()).identity())
        .of(e);
  }

  private static boolean isOfRequest(TypedExpression field) {
    return field.expression() instanceof Node.Field f && f.ofRequest();
  }

  private static String canonical(TypedExpression e, Function<TypedExpression, String> columnText) {
    Node expression = e.expression();
    if (expression instanceof Node.Field) {
      return columnText.apply(e);
    }
    if (expression instanceof Node.Feature feature) {
      return feature.name();
    }
    if (expression instanceof Node.Literal literal) {
      return literal(literal);
    }
    List<String> in = e.operands().stream().map(o -> canonical(o, columnText)).toList();
    if (expression instanceof Node.Unary unary) {
      return unary.operator().symbol() + "(" + in.get(0) + ")";
    }
    if (expression instanceof Node.Binary binary) {
      return "(" + in.get(0) + " " + binary.operator().symbol() + " " + in.get(1) + ")";
    }
    if (expression instanceof Node.Call call) {
      return call.operator().symbol()
          + Stream.concat(in.stream(), call.parameters().stream().map(ExpressionText::literal))
              .collect(Collectors.joining(", ", "(", ")"));
    }
    if (expression instanceof Node.CalendarDays days) {
      return "daysSince(" + String.join(", ", in) + ", " + Zones.canonical(days.zone()) + ")";
    }
    if (expression instanceof Node.Shift shift) {
      return "shift(" + in.get(0) + ", " + shift.by() + ")";
    }
    if (expression instanceof Node.LocalTime time) {
      return time.part().name().toLowerCase(java.util.Locale.ROOT)
          + "("
          + in.get(0)
          + ", "
          + Zones.canonical(time.zone())
          + ")";
    }
    return "when(" + in.get(0) + ").then(" + in.get(1) + ").otherwise(" + in.get(2) + ")";
  }
}
