package dev.lockstep.plan;

import dev.lockstep.define.Expression;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An expression as text, for plans and fingerprints. */
final class ExpressionText {
  private ExpressionText() {}

  /** Numbers bare, all else so that nothing can be taken for the name of a feature. */
  static String literal(Expression.Literal literal) {
    String text = String.valueOf(literal.value());
    return switch (literal.type()) {
      case LONG, DECIMAL -> text;
      case DOUBLE -> Double.isFinite((Double) literal.value()) ? text : "(" + text + ")";
      case BOOLEAN, INSTANT -> "(" + text + ")";
      case STRING ->
          '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    };
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
    return of(e, column -> prefix + columns.get(column).identity());
  }

  /** For fingerprints: with what each column can hold (C14). */
  static String canonical(TypedExpression e, List<ColumnPlan> columns, String prefix) {
    return of(e, column -> prefix + columns.get(column).text());
  }

  private static String of(TypedExpression e, IntFunction<String> columnText) {
    Expression expression = e.expression();
    if (expression instanceof Expression.Field) {
      return columnText.apply(e.index());
    }
    if (expression instanceof Expression.Feature feature) {
      return feature.name();
    }
    if (expression instanceof Expression.Literal literal) {
      return literal(literal);
    }
    List<String> in = e.operands().stream().map(o -> of(o, columnText)).toList();
    if (expression instanceof Expression.Unary unary) {
      return unary.operator().symbol() + "(" + in.get(0) + ")";
    }
    if (expression instanceof Expression.Binary binary) {
      return "(" + in.get(0) + " " + binary.operator().symbol() + " " + in.get(1) + ")";
    }
    if (expression instanceof Expression.Call call) {
      return call.operator().symbol()
          + Stream.concat(in.stream(), call.parameters().stream().map(ExpressionText::literal))
              .collect(Collectors.joining(", ", "(", ")"));
    }
    if (expression instanceof Expression.LocalTime time) {
      return time.part().name().toLowerCase(java.util.Locale.ROOT)
          + "("
          + in.get(0)
          + ", "
          + time.zone()
          + ")";
    }
    return "when(" + in.get(0) + ").then(" + in.get(1) + ").otherwise(" + in.get(2) + ")";
  }
}
