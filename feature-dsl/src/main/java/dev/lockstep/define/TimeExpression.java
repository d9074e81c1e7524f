package dev.lockstep.define;

import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.expression.TimePart;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** An expression that gives an instant, in microseconds. */
public final class TimeExpression extends Expression {
  private static final long serialVersionUID = 1L;

  TimeExpression(Node node) {
    super(node);
  }

  public Condition lessThan(TimeExpression right) {
    return new Condition(binary(BinaryOperator.LESS_THAN, right.node));
  }

  public Condition lessThan(Instant right) {
    return new Condition(binary(BinaryOperator.LESS_THAN, Literals.of(right)));
  }

  public Condition atMost(TimeExpression right) {
    return new Condition(binary(BinaryOperator.AT_MOST, right.node));
  }

  public Condition atMost(Instant right) {
    return new Condition(binary(BinaryOperator.AT_MOST, Literals.of(right)));
  }

  public Condition greaterThan(TimeExpression right) {
    return new Condition(binary(BinaryOperator.GREATER_THAN, right.node));
  }

  public Condition greaterThan(Instant right) {
    return new Condition(binary(BinaryOperator.GREATER_THAN, Literals.of(right)));
  }

  public Condition atLeast(TimeExpression right) {
    return new Condition(binary(BinaryOperator.AT_LEAST, right.node));
  }

  public Condition atLeast(Instant right) {
    return new Condition(binary(BinaryOperator.AT_LEAST, Literals.of(right)));
  }

  public Condition equalTo(TimeExpression right) {
    return new Condition(binary(BinaryOperator.EQUAL_TO, right.node));
  }

  public Condition equalTo(Instant right) {
    return new Condition(binary(BinaryOperator.EQUAL_TO, Literals.of(right)));
  }

  public Condition notEqualTo(TimeExpression right) {
    return new Condition(binary(BinaryOperator.NOT_EQUAL_TO, right.node));
  }

  public Condition notEqualTo(Instant right) {
    return new Condition(binary(BinaryOperator.NOT_EQUAL_TO, Literals.of(right)));
  }

  /** The earlier of two instants. */
  public TimeExpression min(TimeExpression right) {
    return new TimeExpression(binary(BinaryOperator.MIN, right.node));
  }

  public TimeExpression min(Instant right) {
    return new TimeExpression(binary(BinaryOperator.MIN, Literals.of(right)));
  }

  /** The later of two instants. */
  public TimeExpression max(TimeExpression right) {
    return new TimeExpression(binary(BinaryOperator.MAX, right.node));
  }

  public TimeExpression max(Instant right) {
    return new TimeExpression(binary(BinaryOperator.MAX, Literals.of(right)));
  }

  /** This, or the default where this is null. */
  public TimeExpression orElse(TimeExpression defaultValue) {
    return new TimeExpression(binary(BinaryOperator.OR_ELSE, defaultValue.node));
  }

  public TimeExpression orElse(Instant defaultValue) {
    return new TimeExpression(binary(BinaryOperator.OR_ELSE, Literals.of(defaultValue)));
  }

  /** This instant so much later; null beyond 64-bit microseconds. */
  public TimeExpression plus(Duration duration) {
    return new TimeExpression(new Node.Shift(node, duration));
  }

  /** This instant so much earlier; null beyond 64-bit microseconds. */
  public TimeExpression minus(Duration duration) {
    // The one duration that has no opposite is too long for any instant: the plan refuses it.
    boolean isLeast = duration.getSeconds() == Long.MIN_VALUE;
    return plus(isLeast ? duration : duration.negated());
  }

  /** The seconds from an earlier instant to this, negative from a later one: a DOUBLE. */
  public NumberExpression secondsSince(TimeExpression earlier) {
    return new NumberExpression(binary(BinaryOperator.SECONDS_SINCE, earlier.node));
  }

  /** The seconds from this instant to a later one, negative to an earlier one: a DOUBLE. */
  public NumberExpression secondsUntil(TimeExpression later) {
    return later.secondsSince(this);
  }

  /** The days of 24 hours from an earlier instant to this, with their fraction: a DOUBLE. */
  public NumberExpression daysSince(TimeExpression earlier) {
    return new NumberExpression(binary(BinaryOperator.DAYS_SINCE, earlier.node));
  }

  /** The days of 24 hours from this instant to a later one, with their fraction: a DOUBLE. */
  public NumberExpression daysUntil(TimeExpression later) {
    return later.daysSince(this);
  }

  /**
   * How many days on a zone's calendar this is after another instant, as a LONG: 1 from just before
   * midnight to just after it.
   */
  public NumberExpression daysSince(TimeExpression earlier, ZoneId zone) {
    return new NumberExpression(new Node.CalendarDays(node, earlier.node, zone));
  }

  /** How many days on a zone's calendar another instant is after this, as a LONG. */
  public NumberExpression daysUntil(TimeExpression later, ZoneId zone) {
    return later.daysSince(this, zone);
  }

  /** The hour in UTC, 0 to 23. */
  public NumberExpression hourOfDay() {
    return hourOfDay(ZoneOffset.UTC);
  }

  public NumberExpression hourOfDay(ZoneId zone) {
    return new NumberExpression(new Node.LocalTime(TimePart.HOUR_OF_DAY, node, zone));
  }

  /** The weekday in UTC, 1 (Monday) to 7. */
  public NumberExpression dayOfWeek() {
    return dayOfWeek(ZoneOffset.UTC);
  }

  public NumberExpression dayOfWeek(ZoneId zone) {
    return new NumberExpression(new Node.LocalTime(TimePart.DAY_OF_WEEK, node, zone));
  }

  /** The day of the month in UTC, 1 to 31. */
  public NumberExpression dayOfMonth() {
    return dayOfMonth(ZoneOffset.UTC);
  }

  public NumberExpression dayOfMonth(ZoneId zone) {
    return new NumberExpression(new Node.LocalTime(TimePart.DAY_OF_MONTH, node, zone));
  }

  /** The month in UTC, 1 (January) to 12. */
  public NumberExpression month() {
    return month(ZoneOffset.UTC);
  }

  public NumberExpression month(ZoneId zone) {
    return new NumberExpression(new Node.LocalTime(TimePart.MONTH, node, zone));
  }

  /** Whether it is Saturday or Sunday in UTC. */
  public Condition isWeekend() {
    return isWeekend(ZoneOffset.UTC);
  }

  public Condition isWeekend(ZoneId zone) {
    return new Condition(new Node.LocalTime(TimePart.WEEKEND, node, zone));
  }

  /** The sine of the time of day in UTC, the whole day being the circle. */
  public NumberExpression timeOfDaySine() {
    return timeOfDaySine(ZoneOffset.UTC);
  }

  public NumberExpression timeOfDaySine(ZoneId zone) {
    return new NumberExpression(new Node.LocalTime(TimePart.TIME_OF_DAY_SINE, node, zone));
  }

  /** The cosine of the time of day in UTC, the whole day being the circle. */
  public NumberExpression timeOfDayCosine() {
    return timeOfDayCosine(ZoneOffset.UTC);
  }

  public NumberExpression timeOfDayCosine(ZoneId zone) {
    return new NumberExpression(new Node.LocalTime(TimePart.TIME_OF_DAY_COSINE, node, zone));
  }

  /** The sine of the time since Monday, 0:00 in UTC, the whole week being the circle. */
  public NumberExpression timeOfWeekSine() {
    return timeOfWeekSine(ZoneOffset.UTC);
  }

  public NumberExpression timeOfWeekSine(ZoneId zone) {
    return new NumberExpression(new Node.LocalTime(TimePart.TIME_OF_WEEK_SINE, node, zone));
  }

  /** The cosine of the time since Monday, 0:00 in UTC, the whole week being the circle. */
  public NumberExpression timeOfWeekCosine() {
    return timeOfWeekCosine(ZoneOffset.UTC);
  }

  public NumberExpression timeOfWeekCosine(ZoneId zone) {
    return new NumberExpression(new Node.LocalTime(TimePart.TIME_OF_WEEK_COSINE, node, zone));
  }

  private Node binary(BinaryOperator operator, Node right) {
    return new Node.Binary(operator, node, right);
  }
}
