package dev.lockstep.define;

import dev.lockstep.expression.Node;

/** What an expression is made of: for the plan, not for definitions. */
public final class ExpressionTree {
  private ExpressionTree() {}

  /** The tree of an expression. */
  public static Node of(Expression expression) {
    return expression.node;
  }
}
