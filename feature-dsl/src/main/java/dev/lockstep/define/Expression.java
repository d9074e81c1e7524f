package dev.lockstep.define;

import dev.lockstep.expression.Node;
import dev.lockstep.expression.UnaryOperator;
import java.io.Serializable;

/**
 * A value derived from fields of the request or an event, and from features: one evaluator computes
 * it on every path. What can be done with it depends on what it is: a {@link NumberExpression}, a
 * {@link TextExpression}, a {@link TimeExpression} or a {@link Condition}.
 *
 * <p>Null in, null out, but for {@link #isNull}, {@code orElse}, {@code and}, {@code or} and the
 * branches of {@code when}. Division by zero, an integer overflow, NaN and infinity are null (C6,
 * C7).
 *
 * <p>A column that a variable holds has no type that {@code field} or {@code request} could see:
 * say {@link Expressions#number number}, {@link Expressions#text text}, {@link Expressions#time
 * time} or {@link Expressions#condition condition} instead of them.
 */
public abstract sealed class Expression implements Serializable
    permits NumberExpression, TextExpression, TimeExpression, Condition, UntypedExpression {
  private static final long serialVersionUID = 1L;

  final Node node;

  Expression(Node node) {
    this.node = node;
  }

  /** Whether this is null: true or false, never null. */
  public final Condition isNull() {
    return new Condition(new Node.Unary(UnaryOperator.IS_NULL, node));
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Expression expression
        && expression.getClass() == getClass()
        && expression.node.equals(node);
  }

  @Override
  public final int hashCode() {
    return node.hashCode();
  }

  @Override
  public final String toString() {
    return node.toString();
  }
}
