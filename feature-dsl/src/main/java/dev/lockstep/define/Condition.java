package dev.lockstep.define;

import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.expression.UnaryOperator;

/**
 * An expression that gives true, false or null: what rows are chosen by, and what {@code when} asks
 * for. Its logic is SQL's, where null is what isn't known (C7).
 */
public final class Condition extends Expression {
  private static final long serialVersionUID = 1L;

  Condition(Node node) {
    super(node);
  }

  /** False where either is, else null where either is, else true. */
  public Condition and(Condition right) {
    return binary(BinaryOperator.AND, right.node);
  }

  /** True where either is, else null where either is, else false. */
  public Condition or(Condition right) {
    return binary(BinaryOperator.OR, right.node);
  }

  /** The other of true and false; null for null. */
  public Condition not() {
    return new Condition(new Node.Unary(UnaryOperator.NOT, node));
  }

  /** The LONG 1 for true, 0 for false. */
  public NumberExpression asInteger() {
    return new NumberExpression(new Node.Unary(UnaryOperator.AS_INTEGER, node));
  }

  public Condition equalTo(Condition right) {
    return binary(BinaryOperator.EQUAL_TO, right.node);
  }

  public Condition equalTo(boolean right) {
    return binary(BinaryOperator.EQUAL_TO, Literals.of(right));
  }

  public Condition notEqualTo(Condition right) {
    return binary(BinaryOperator.NOT_EQUAL_TO, right.node);
  }

  public Condition notEqualTo(boolean right) {
    return binary(BinaryOperator.NOT_EQUAL_TO, Literals.of(right));
  }

  /** This, or the default where this is null. */
  public Condition orElse(Condition defaultValue) {
    return binary(BinaryOperator.OR_ELSE, defaultValue.node);
  }

  public Condition orElse(boolean defaultValue) {
    return binary(BinaryOperator.OR_ELSE, Literals.of(defaultValue));
  }

  private Condition binary(BinaryOperator operator, Node right) {
    return new Condition(new Node.Binary(operator, node, right));
  }
}
