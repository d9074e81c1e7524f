package dev.lockstep.define;

import dev.lockstep.expression.Node;

/** An expression whose type only the plan knows: a column that a variable holds. */
final class UntypedExpression extends Expression {
  private static final long serialVersionUID = 1L;

  UntypedExpression(Node node) {
    super(node);
  }
}
