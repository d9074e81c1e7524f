package dev.lockstep.plan;

import dev.lockstep.define.Expression;
import java.util.List;

/** An expression as text, for plans and fingerprints. */
final class ExpressionText {
  private ExpressionText() {}

  static String of(TypedExpression e, List<ColumnPlan> columns) {
    Expression expression = e.expression();
    if (expression instanceof Expression.Field) {
      return "request." + columns.get(e.index()).identity();
    }
    if (expression instanceof Expression.Feature feature) {
      return feature.name();
    }
    if (expression instanceof Expression.Literal literal) {
      return String.valueOf(literal.value());
    }
    List<String> in = e.operands().stream().map(o -> of(o, columns)).toList();
    if (expression instanceof Expression.Unary unary) {
      return unary.operator().name().toLowerCase(java.util.Locale.ROOT) + "(" + in.get(0) + ")";
    }
    if (expression instanceof Expression.Binary binary) {
      return "(" + in.get(0) + " " + binary.operator().symbol() + " " + in.get(1) + ")";
    }
    if (expression instanceof Expression.TimePart part) {
      return part.part().name().toLowerCase(java.util.Locale.ROOT)
          + "("
          + in.get(0)
          + ", "
          + part.zone()
          + ")";
    }
    return "when(" + in.get(0) + ").then(" + in.get(1) + ").otherwise(" + in.get(2) + ")";
  }
}
