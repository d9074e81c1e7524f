package dev.lockstep.define;

import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.CallOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.expression.UnaryOperator;
import java.util.List;

/**
 * An expression that gives a number: a LONG, a DOUBLE or a DECIMAL.
 *
 * <p>Two LONGs give a LONG, a LONG beside a DOUBLE counts as a double. A bare number is what it
 * looks like: {@code 1} is a LONG, {@code 1.0} a DOUBLE, a {@code BigDecimal} a DECIMAL (C6).
 */
public final class NumberExpression extends Expression {
  private static final long serialVersionUID = 1L;

  NumberExpression(Node node) {
    super(node);
  }

  public NumberExpression plus(NumberExpression right) {
    return new NumberExpression(binary(BinaryOperator.PLUS, right.node));
  }

  public NumberExpression plus(Number right) {
    return new NumberExpression(binary(BinaryOperator.PLUS, Literals.of(right)));
  }

  public NumberExpression minus(NumberExpression right) {
    return new NumberExpression(binary(BinaryOperator.MINUS, right.node));
  }

  public NumberExpression minus(Number right) {
    return new NumberExpression(binary(BinaryOperator.MINUS, Literals.of(right)));
  }

  public NumberExpression times(NumberExpression right) {
    return new NumberExpression(binary(BinaryOperator.TIMES, right.node));
  }

  public NumberExpression times(Number right) {
    return new NumberExpression(binary(BinaryOperator.TIMES, Literals.of(right)));
  }

  /** The quotient as a DOUBLE, of integers too; null for a zero divisor. */
  public NumberExpression dividedBy(NumberExpression right) {
    return new NumberExpression(binary(BinaryOperator.DIVIDED_BY, right.node));
  }

  public NumberExpression dividedBy(Number right) {
    return new NumberExpression(binary(BinaryOperator.DIVIDED_BY, Literals.of(right)));
  }

  /** What truncated division leaves: -7 by 3 leaves -1. Null for a zero divisor. */
  public NumberExpression remainder(NumberExpression right) {
    return new NumberExpression(binary(BinaryOperator.REMAINDER, right.node));
  }

  public NumberExpression remainder(Number right) {
    return new NumberExpression(binary(BinaryOperator.REMAINDER, Literals.of(right)));
  }

  /** This to a power, as a DOUBLE; null where that is no finite number. */
  public NumberExpression pow(NumberExpression right) {
    return new NumberExpression(binary(BinaryOperator.POW, right.node));
  }

  public NumberExpression pow(Number right) {
    return new NumberExpression(binary(BinaryOperator.POW, Literals.of(right)));
  }

  /** The lesser of two numbers. */
  public NumberExpression min(NumberExpression right) {
    return new NumberExpression(binary(BinaryOperator.MIN, right.node));
  }

  public NumberExpression min(Number right) {
    return new NumberExpression(binary(BinaryOperator.MIN, Literals.of(right)));
  }

  /** The greater of two numbers. */
  public NumberExpression max(NumberExpression right) {
    return new NumberExpression(binary(BinaryOperator.MAX, right.node));
  }

  public NumberExpression max(Number right) {
    return new NumberExpression(binary(BinaryOperator.MAX, Literals.of(right)));
  }

  public NumberExpression negate() {
    return new NumberExpression(new Node.Unary(UnaryOperator.NEGATE, node));
  }

  public NumberExpression abs() {
    return new NumberExpression(new Node.Unary(UnaryOperator.ABS, node));
  }

  /** The greatest LONG that is at most this; null where it doesn't fit. */
  public NumberExpression floor() {
    return new NumberExpression(new Node.Unary(UnaryOperator.FLOOR, node));
  }

  /** The nearest LONG, of two the even one; null where it doesn't fit. */
  public NumberExpression round() {
    return new NumberExpression(new Node.Unary(UnaryOperator.ROUND, node));
  }

  /** The square root; null below 0. */
  public NumberExpression sqrt() {
    return new NumberExpression(new Node.Unary(UnaryOperator.SQRT, node));
  }

  /** e to the power of this. */
  public NumberExpression exp() {
    return new NumberExpression(new Node.Unary(UnaryOperator.EXP, node));
  }

  /** The natural logarithm; null for 0 and below. */
  public NumberExpression log() {
    return new NumberExpression(new Node.Unary(UnaryOperator.LOG, node));
  }

  /** ln(1 + this); null for -1 and below. */
  public NumberExpression log1p() {
    return new NumberExpression(new Node.Unary(UnaryOperator.LOG1P, node));
  }

  /** This, but {@code low} where it is below and {@code high} where it is above. */
  public NumberExpression clip(Number low, Number high) {
    return new NumberExpression(call(CallOperator.CLIP, Literals.numbers(low, high)));
  }

  /**
   * The bucket that a number falls into, as a LONG: 0 below the first boundary, 1 from it
   * (included) to below the second, and so on.
   *
   * @param boundaries at least one, each greater than the one before
   */
  public NumberExpression bucketise(Number... boundaries) {
    return new NumberExpression(call(CallOperator.BUCKETISE, Literals.numbers(boundaries)));
  }

  /** This as a multiple of another feature of the set: null where that is 0. */
  public NumberExpression ratioTo(String featureName) {
    return dividedBy(Expressions.feature(featureName));
  }

  /** How many standard deviations this is above a mean; null where the deviation is 0. */
  public NumberExpression zScore(String meanFeature, String stddevFeature) {
    return minus(Expressions.feature(meanFeature)).dividedBy(Expressions.feature(stddevFeature));
  }

  public Condition lessThan(NumberExpression right) {
    return new Condition(binary(BinaryOperator.LESS_THAN, right.node));
  }

  public Condition lessThan(Number right) {
    return new Condition(binary(BinaryOperator.LESS_THAN, Literals.of(right)));
  }

  public Condition atMost(NumberExpression right) {
    return new Condition(binary(BinaryOperator.AT_MOST, right.node));
  }

  public Condition atMost(Number right) {
    return new Condition(binary(BinaryOperator.AT_MOST, Literals.of(right)));
  }

  public Condition greaterThan(NumberExpression right) {
    return new Condition(binary(BinaryOperator.GREATER_THAN, right.node));
  }

  public Condition greaterThan(Number right) {
    return new Condition(binary(BinaryOperator.GREATER_THAN, Literals.of(right)));
  }

  public Condition atLeast(NumberExpression right) {
    return new Condition(binary(BinaryOperator.AT_LEAST, right.node));
  }

  public Condition atLeast(Number right) {
    return new Condition(binary(BinaryOperator.AT_LEAST, Literals.of(right)));
  }

  public Condition equalTo(NumberExpression right) {
    return new Condition(binary(BinaryOperator.EQUAL_TO, right.node));
  }

  public Condition equalTo(Number right) {
    return new Condition(binary(BinaryOperator.EQUAL_TO, Literals.of(right)));
  }

  public Condition notEqualTo(NumberExpression right) {
    return new Condition(binary(BinaryOperator.NOT_EQUAL_TO, right.node));
  }

  public Condition notEqualTo(Number right) {
    return new Condition(binary(BinaryOperator.NOT_EQUAL_TO, Literals.of(right)));
  }

  /** Whether this equals one of the values, of which there is at least one. */
  public Condition isIn(Number... values) {
    return new Condition(call(CallOperator.IS_IN, Literals.numbers(values)));
  }

  /** This, or the default where this is null. */
  public NumberExpression orElse(NumberExpression defaultValue) {
    return new NumberExpression(binary(BinaryOperator.OR_ELSE, defaultValue.node));
  }

  public NumberExpression orElse(Number defaultValue) {
    return new NumberExpression(binary(BinaryOperator.OR_ELSE, Literals.of(defaultValue)));
  }

  /**
   * The bucket of an integer's decimal digits, as a LONG from 0 to below {@code buckets}: {@link
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
