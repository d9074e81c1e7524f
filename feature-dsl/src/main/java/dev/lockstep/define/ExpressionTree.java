package dev.lockstep.define;

import dev.lockstep.expression.Node;
import java.util.List;
import java.util.function.UnaryOperator;

/** What an expression is made of: for the plan, not for definitions. */
public final class ExpressionTree {
  private ExpressionTree() {}

  /** The tree of an expression. */
  public static Node of(Expression expression) {
    return expression.node;
  }

  /** The same expression over features of other names. */
  static Expression renamed(Expression expression, UnaryOperator<String> names) {
    Node node = renamed(expression.node, names);
    if (expression instanceof NumberExpression) {
      return new NumberExpression(node);
    }
    if (expression instanceof TextExpression) {
      return new TextExpression(node);
    }
    if (expression instanceof TimeExpression) {
      return new TimeExpression(node);
    }
    return expression instanceof Condition ? new Condition(node) : new UntypedExpression(node);
  }

  private static Node renamed(Node node, UnaryOperator<String> names) {
    if (node instanceof Node.Feature feature) {
      return new Node.Feature(names.apply(feature.name()), feature.kind());
    }
    List<Node> in = node.operands().stream().map(operand -> renamed(operand, names)).toList();
    if (node instanceof Node.Unary unary) {
      return new Node.Unary(unary.operator(), in.get(0));
    }
    if (node instanceof Node.Binary binary) {
      return new Node.Binary(binary.operator(), in.get(0), in.get(1));
    }
    if (node instanceof Node.Call call) {
      return new Node.Call(call.operator(), in, call.parameters());
    }
    if (node instanceof Node.When) {
      return new Node.When(in.get(0), in.get(1), in.get(2));
    }
    if (node instanceof Node.LocalTime time) {
      return new Node.LocalTime(time.part(), in.get(0), time.zone());
    }
    if (node instanceof Node.CalendarDays days) {
      return new Node.CalendarDays(in.get(0), in.get(1), days.zone());
    }
    return node instanceof Node.Shift shift ? new Node.Shift(in.get(0), shift.by()) : node;
  }
}
