package dev.lockstep.define;

import dev.lockstep.value.ValueType;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A value derived from request fields and features: one evaluator computes it on every path.
 *
 * <p>Null in, null out, but for {@link #isNull}, {@link #orElse} and the branches of {@code when}.
 * Division by zero, an integer overflow, NaN and infinity are null (C6, C7). An integer beside a
 * double counts as a double. Numbers given as they are count as doubles, but for {@link #equalTo},
 * {@link #isIn}, {@link #clip} and the values of {@code when}, which keep whole numbers whole.
 */
public sealed interface Expression extends Serializable {

  /** A column of the request, or of the event that a label reads. */
  record Field(Column<?, ?> column) implements Expression {}

  /** Another feature of the set, by name. */
  record Feature(String name) implements Expression {}

  /** A field of a table, as of the request. */
  record Lookup(TableField field) implements Expression {}

  /** A constant. */
  record Literal(ValueType type, Object value) implements Expression {}

  /** One operand. */
  record Unary(UnaryOperator operator, Expression operand) implements Expression {}

  /** Two operands. */
  record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {}

  /** A function of operands, with constants that say which function it is. */
  record Call(CallOperator operator, List<Expression> operands, List<Literal> parameters)
      implements Expression {
    public Call {
      operands = List.copyOf(operands);
      parameters = List.copyOf(parameters);
    }
  }

  /** {@code then} where the condition is true, {@code otherwise} where it is false or null. */
  record When(Expression condition, Expression then, Expression otherwise) implements Expression {}

  /** A part of an instant's local time in a zone. */
  record LocalTime(TimePart part, Expression instant, ZoneId zone) implements Expression {}

  default Expression plus(Expression right) {
    return new Binary(BinaryOperator.PLUS, this, right);
  }

  default Expression plus(double right) {
    return plus(Expressions.literal(right));
  }

  default Expression minus(Expression right) {
    return new Binary(BinaryOperator.MINUS, this, right);
  }

  default Expression minus(double right) {
    return minus(Expressions.literal(right));
  }

  default Expression times(Expression right) {
    return new Binary(BinaryOperator.TIMES, this, right);
  }

  default Expression times(double right) {
    return times(Expressions.literal(right));
  }

  /** The quotient as a DOUBLE, of integers too; null for a zero divisor. */
  default Expression dividedBy(Expression right) {
    return new Binary(BinaryOperator.DIVIDED_BY, this, right);
  }

  default Expression dividedBy(double right) {
    return dividedBy(Expressions.literal(right));
  }

  /** What truncated division leaves: -7 by 3 leaves -1. Null for a zero divisor. */
  default Expression remainder(Expression right) {
    return new Binary(BinaryOperator.REMAINDER, this, right);
  }

  /** This to a power, as a DOUBLE; null where that is no finite number. */
  default Expression pow(Expression exponent) {
    return new Binary(BinaryOperator.POW, this, exponent);
  }

  default Expression pow(double exponent) {
    return pow(Expressions.literal(exponent));
  }

  /** The lesser of two numbers or two instants. */
  default Expression min(Expression other) {
    return new Binary(BinaryOperator.MIN, this, other);
  }

  default Expression min(double other) {
    return min(Expressions.literal(other));
  }

  /** The greater of two numbers or two instants. */
  default Expression max(Expression other) {
    return new Binary(BinaryOperator.MAX, this, other);
  }

  default Expression max(double other) {
    return max(Expressions.literal(other));
  }

  default Expression negate() {
    return new Unary(UnaryOperator.NEGATE, this);
  }

  default Expression abs() {
    return new Unary(UnaryOperator.ABS, this);
  }

  /** The greatest LONG that is at most this; null where it doesn't fit. */
  default Expression floor() {
    return new Unary(UnaryOperator.FLOOR, this);
  }

  /** The nearest LONG, of two the even one; null where it doesn't fit. */
  default Expression round() {
    return new Unary(UnaryOperator.ROUND, this);
  }

  /** The square root; null below 0. */
  default Expression sqrt() {
    return new Unary(UnaryOperator.SQRT, this);
  }

  /** e to the power of this. */
  default Expression exp() {
    return new Unary(UnaryOperator.EXP, this);
  }

  /** The natural logarithm; null for 0 and below. */
  default Expression log() {
    return new Unary(UnaryOperator.LOG, this);
  }

  /** ln(1 + this); null for -1 and below. */
  default Expression log1p() {
    return new Unary(UnaryOperator.LOG1P, this);
  }

  /** This, but {@code low} where it is below and {@code high} where it is above. */
  default Expression clip(double low, double high) {
    return Calls.of(CallOperator.CLIP, this, Calls.doubles(low, high));
  }

  /** The same between whole numbers: a LONG stays one. */
  default Expression clip(long low, long high) {
    return Calls.of(CallOperator.CLIP, this, Calls.longs(low, high));
  }

  /**
   * The bucket that a number falls into, as a LONG: 0 below the first boundary, 1 from it
   * (included) to below the second, and so on.
   *
   * @param boundaries at least one, each greater than the one before
   */
  default Expression bucketise(double... boundaries) {
    return Calls.of(CallOperator.BUCKETISE, this, Calls.doubles(boundaries));
  }

  /** This as a multiple of another feature of the set: null where that is 0. */
  default Expression ratioTo(String featureName) {
    return dividedBy(Expressions.feature(featureName));
  }

  /** How many standard deviations this is above a mean; null where the deviation is 0. */
  default Expression zScore(String meanFeature, String stddevFeature) {
    return minus(Expressions.feature(meanFeature)).dividedBy(Expressions.feature(stddevFeature));
  }

  default Expression lessThan(Expression right) {
    return new Binary(BinaryOperator.LESS_THAN, this, right);
  }

  default Expression lessThan(double right) {
    return lessThan(Expressions.literal(right));
  }

  default Expression atMost(Expression right) {
    return new Binary(BinaryOperator.AT_MOST, this, right);
  }

  default Expression atMost(double right) {
    return atMost(Expressions.literal(right));
  }

  default Expression greaterThan(Expression right) {
    return new Binary(BinaryOperator.GREATER_THAN, this, right);
  }

  default Expression greaterThan(double right) {
    return greaterThan(Expressions.literal(right));
  }

  default Expression atLeast(Expression right) {
    return new Binary(BinaryOperator.AT_LEAST, this, right);
  }

  default Expression atLeast(double right) {
    return atLeast(Expressions.literal(right));
  }

  default Expression equalTo(Expression right) {
    return new Binary(BinaryOperator.EQUAL_TO, this, right);
  }

  default Expression equalTo(double right) {
    return equalTo(Expressions.literal(right));
  }

  default Expression equalTo(long right) {
    return equalTo(Expressions.literal(right));
  }

  default Expression equalTo(String right) {
    return equalTo(Expressions.literal(right));
  }

  default Expression notEqualTo(Expression right) {
    return new Binary(BinaryOperator.NOT_EQUAL_TO, this, right);
  }

  default Expression notEqualTo(double right) {
    return notEqualTo(Expressions.literal(right));
  }

  default Expression notEqualTo(long right) {
    return notEqualTo(Expressions.literal(right));
  }

  default Expression notEqualTo(String right) {
    return notEqualTo(Expressions.literal(right));
  }

  /** Whether this equals one of the values, of which there is at least one. */
  default Expression isIn(String... values) {
    return Calls.of(CallOperator.IS_IN, this, Calls.strings(values));
  }

  default Expression isIn(long... values) {
    return Calls.of(CallOperator.IS_IN, this, Calls.longs(values));
  }

  default Expression isIn(double... values) {
    return Calls.of(CallOperator.IS_IN, this, Calls.doubles(values));
  }

  /** Whether this is null: true or false, never null. */
  default Expression isNull() {
    return new Unary(UnaryOperator.IS_NULL, this);
  }

  /** True where both are; null where either is. */
  default Expression and(Expression right) {
    return new Binary(BinaryOperator.AND, this, right);
  }

  /** True where one is; null where either is. */
  default Expression or(Expression right) {
    return new Binary(BinaryOperator.OR, this, right);
  }

  default Expression not() {
    return new Unary(UnaryOperator.NOT, this);
  }

  /** The LONG 1 for true, 0 for false. */
  default Expression asInteger() {
    return new Unary(UnaryOperator.AS_INTEGER, this);
  }

  /** This, or the default where this is null. */
  default Expression orElse(Expression defaultValue) {
    return new Binary(BinaryOperator.OR_ELSE, this, defaultValue);
  }

  default Expression orElse(double defaultValue) {
    return orElse(Expressions.literal(defaultValue));
  }

  default Expression orElse(String defaultValue) {
    return orElse(Expressions.literal(defaultValue));
  }

  default Expression orElse(boolean defaultValue) {
    return orElse(Expressions.literal(defaultValue));
  }

  /** Text in lower case, by the rules of no language ({@link java.util.Locale#ROOT}). */
  default Expression lower() {
    return new Unary(UnaryOperator.LOWER, this);
  }

  /** The number of code points of text, as a LONG. */
  default Expression length() {
    return new Unary(UnaryOperator.LENGTH, this);
  }

  /**
   * The bucket of text, or of an integer's decimal digits, as a LONG from 0 to below {@code
   * buckets}: {@link dev.lockstep.value.TextHash}.
   *
   * @param buckets at least 1
   */
  default Expression hash(long buckets) {
    return Calls.of(CallOperator.HASH, this, Calls.longs(buckets));
  }

  /** The hour of an instant in UTC, 0 to 23. */
  default Expression hourOfDay() {
    return hourOfDay(ZoneOffset.UTC);
  }

  default Expression hourOfDay(ZoneId zone) {
    return new LocalTime(TimePart.HOUR_OF_DAY, this, zone);
  }

  /** The weekday of an instant in UTC, 1 (Monday) to 7. */
  default Expression dayOfWeek() {
    return dayOfWeek(ZoneOffset.UTC);
  }

  default Expression dayOfWeek(ZoneId zone) {
    return new LocalTime(TimePart.DAY_OF_WEEK, this, zone);
  }

  /** The sine of the time of day in UTC, the whole day being the circle. */
  default Expression timeOfDaySine() {
    return timeOfDaySine(ZoneOffset.UTC);
  }

  default Expression timeOfDaySine(ZoneId zone) {
    return new LocalTime(TimePart.TIME_OF_DAY_SINE, this, zone);
  }

  /** The cosine of the time of day in UTC, the whole day being the circle. */
  default Expression timeOfDayCosine() {
    return timeOfDayCosine(ZoneOffset.UTC);
  }

  default Expression timeOfDayCosine(ZoneId zone) {
    return new LocalTime(TimePart.TIME_OF_DAY_COSINE, this, zone);
  }

  /** The sine of the time since Monday, 0:00 in UTC, the whole week being the circle. */
  default Expression timeOfWeekSine() {
    return timeOfWeekSine(ZoneOffset.UTC);
  }

  default Expression timeOfWeekSine(ZoneId zone) {
    return new LocalTime(TimePart.TIME_OF_WEEK_SINE, this, zone);
  }

  /** The cosine of the time since Monday, 0:00 in UTC, the whole week being the circle. */
  default Expression timeOfWeekCosine() {
    return timeOfWeekCosine(ZoneOffset.UTC);
  }

  default Expression timeOfWeekCosine(ZoneId zone) {
    return new LocalTime(TimePart.TIME_OF_WEEK_COSINE, this, zone);
  }
}
