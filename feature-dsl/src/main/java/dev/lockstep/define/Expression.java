package dev.lockstep.define;

import dev.lockstep.value.ValueType;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A value derived from request fields and features: one evaluator computes it on every path.
 *
 * <p>Null in, null out, but for {@link #orElse} and the branches of {@code when}. Division by zero,
 * an integer overflow, NaN and infinity are null (C6, C7).
 */
public sealed interface Expression extends Serializable {

  /** A column of the request, or of the event that a label reads. */
  record Field(Column<?, ?> column) implements Expression {}

  /** Another feature of the set, by name. */
  record Feature(String name) implements Expression {}

  /** A constant. */
  record Literal(ValueType type, Object value) implements Expression {}

  /** One operand. */
  record Unary(UnaryOperator operator, Expression operand) implements Expression {}

  /** Two operands. */
  record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {}

  /** {@code then} where the condition is true, {@code otherwise} where it is false or null. */
  record When(Expression condition, Expression then, Expression otherwise) implements Expression {}

  /** A part of an instant's local time in a zone. */
  record TimePart(Part part, Expression instant, ZoneId zone) implements Expression {
    /** Which part. */
    public enum Part {
      /** 0 to 23. */
      HOUR_OF_DAY,
      /** 1 (Monday) to 7 (Sunday). */
      DAY_OF_WEEK
    }
  }

  /** What one operand can have done to it. */
  enum UnaryOperator {
    /** ln(1 + x) of a number, by {@link StrictMath#log1p}; null for x <= -1. */
    LOG1P,
    /** The other boolean. */
    NOT
  }

  /** What two operands can have done to them. */
  enum BinaryOperator {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDED_BY("/"),
    LESS_THAN("<"),
    AT_MOST("<="),
    GREATER_THAN(">"),
    AT_LEAST(">="),
    EQUAL_TO("="),
    AND("and"),
    OR("or"),
    OR_ELSE("orElse");

    private final String symbol;

    BinaryOperator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /** A condition, waiting for its {@code then}. */
  record Condition(Expression condition) {
    public Then then(Expression value) {
      return new Then(condition, value);
    }

    public Then then(double value) {
      return then(Expressions.literal(value));
    }
  }

  /** A condition and its value, waiting for the other value. */
  record Then(Expression condition, Expression value) {
    public Expression otherwise(Expression other) {
      return new When(condition, value, other);
    }

    public Expression otherwise(double other) {
      return otherwise(Expressions.literal(other));
    }
  }

  private Expression with(BinaryOperator operator, @Nullable Expression right) {
    return new Binary(operator, this, java.util.Objects.requireNonNull(right));
  }

  default Expression plus(Expression right) {
    return with(BinaryOperator.PLUS, right);
  }

  default Expression minus(Expression right) {
    return with(BinaryOperator.MINUS, right);
  }

  default Expression times(Expression right) {
    return with(BinaryOperator.TIMES, right);
  }

  /** The quotient as a DOUBLE, of integers too; null for a zero divisor. */
  default Expression dividedBy(Expression right) {
    return with(BinaryOperator.DIVIDED_BY, right);
  }

  default Expression plus(double right) {
    return plus(Expressions.literal(right));
  }

  default Expression minus(double right) {
    return minus(Expressions.literal(right));
  }

  default Expression times(double right) {
    return times(Expressions.literal(right));
  }

  default Expression dividedBy(double right) {
    return dividedBy(Expressions.literal(right));
  }

  default Expression lessThan(Expression right) {
    return with(BinaryOperator.LESS_THAN, right);
  }

  default Expression atMost(Expression right) {
    return with(BinaryOperator.AT_MOST, right);
  }

  default Expression greaterThan(Expression right) {
    return with(BinaryOperator.GREATER_THAN, right);
  }

  default Expression atLeast(Expression right) {
    return with(BinaryOperator.AT_LEAST, right);
  }

  default Expression equalTo(Expression right) {
    return with(BinaryOperator.EQUAL_TO, right);
  }

  default Expression lessThan(double right) {
    return lessThan(Expressions.literal(right));
  }

  default Expression greaterThan(double right) {
    return greaterThan(Expressions.literal(right));
  }

  /** True where both are; null where either is. */
  default Expression and(Expression right) {
    return with(BinaryOperator.AND, right);
  }

  /** True where one is; null where either is. */
  default Expression or(Expression right) {
    return with(BinaryOperator.OR, right);
  }

  default Expression not() {
    return new Unary(UnaryOperator.NOT, this);
  }

  /** This, or the default where this is null. */
  default Expression orElse(Expression defaultValue) {
    return with(BinaryOperator.OR_ELSE, defaultValue);
  }

  default Expression orElse(double defaultValue) {
    return orElse(Expressions.literal(defaultValue));
  }

  /** ln(1 + this). */
  default Expression log1p() {
    return new Unary(UnaryOperator.LOG1P, this);
  }

  /** The hour of an instant in UTC, 0 to 23. */
  default Expression hourOfDay() {
    return hourOfDay(ZoneOffset.UTC);
  }

  default Expression hourOfDay(ZoneId zone) {
    return new TimePart(TimePart.Part.HOUR_OF_DAY, this, zone);
  }

  /** The weekday of an instant in UTC, 1 (Monday) to 7. */
  default Expression dayOfWeek() {
    return dayOfWeek(ZoneOffset.UTC);
  }

  default Expression dayOfWeek(ZoneId zone) {
    return new TimePart(TimePart.Part.DAY_OF_WEEK, this, zone);
  }
}
