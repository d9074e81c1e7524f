package dev.lockstep.define;

import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.CallOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.expression.UnaryOperator;
import java.util.List;

/** An expression that gives text. It is compared by its characters: case counts. */
public final class TextExpression extends Expression {
  private static final long serialVersionUID = 1L;

  TextExpression(Node node) {
    super(node);
  }

  public Condition equalTo(TextExpression right) {
    return new Condition(binary(BinaryOperator.EQUAL_TO, right.node));
  }

  public Condition equalTo(String right) {
    return new Condition(binary(BinaryOperator.EQUAL_TO, Literals.of(right)));
  }

  public Condition notEqualTo(TextExpression right) {
    return new Condition(binary(BinaryOperator.NOT_EQUAL_TO, right.node));
  }

  public Condition notEqualTo(String right) {
    return new Condition(binary(BinaryOperator.NOT_EQUAL_TO, Literals.of(right)));
  }

  /** Whether this equals one of the texts, of which there is at least one. */
  public Condition isIn(String... values) {
    return new Condition(call(CallOperator.IS_IN, Literals.texts(values)));
  }

  /** This, or the default where this is null. */
  public TextExpression orElse(TextExpression defaultValue) {
    return new TextExpression(binary(BinaryOperator.OR_ELSE, defaultValue.node));
  }

  public TextExpression orElse(String defaultValue) {
    return new TextExpression(binary(BinaryOperator.OR_ELSE, Literals.of(defaultValue)));
  }

  /** This in lower case, by the rules of no language ({@link java.util.Locale#ROOT}). */
  public TextExpression lower() {
    return new TextExpression(new Node.Unary(UnaryOperator.LOWER, node));
  }

  /** The number of code points, as a LONG. */
  public NumberExpression length() {
    return new NumberExpression(new Node.Unary(UnaryOperator.LENGTH, node));
  }

  /**
   * The bucket of this text, as a LONG from 0 to below {@code buckets}: {@link
   * dev.lockstep.value.TextHash}.
   *
   * @param buckets at least 1
   */
  public NumberExpression hash(long buckets) {
    return new NumberExpression(call(CallOperator.HASH, Literals.numbers(buckets)));
  }

  private Node binary(BinaryOperator operator, Node right) {
    return new Node.Binary(operator, node, right);
  }

  private Node call(CallOperator operator, List<Node.Literal> parameters) {
    return new Node.Call(operator, List.of(node), parameters);
  }
}
