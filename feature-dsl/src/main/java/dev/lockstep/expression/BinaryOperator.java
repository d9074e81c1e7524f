package dev.lockstep.expression;

/**
 * What two operands can have done to them; null where either is, but for {@link #AND}, {@link #OR}
 * and {@link #OR_ELSE}.
 */
public enum BinaryOperator {
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  /** The quotient as a DOUBLE; null for a zero divisor. */
  DIVIDED_BY("/"),
  /** What truncated division leaves, with the dividend's sign; null for a zero divisor. */
  REMAINDER("%"),
  /** The left number to the power of the right, by {@link StrictMath#pow}. */
  POW("pow"),
  /** The lesser of two numbers or instants. */
  MIN("min"),
  /** The greater of two numbers or instants. */
  MAX("max"),
  /** The seconds from the right instant to the left, exact and rounded once: a DOUBLE. */
  SECONDS_SINCE("secondsSince"),
  /** The same in days of 24 hours. */
  DAYS_SINCE("daysSince"),
  LESS_THAN("<"),
  AT_MOST("<="),
  GREATER_THAN(">"),
  AT_LEAST(">="),
  EQUAL_TO("="),
  NOT_EQUAL_TO("!="),
  /** False where either is, else null where either is, else true: SQL's logic. */
  AND("and"),
  /** True where either is, else null where either is, else false: SQL's logic. */
  OR("or"),
  /** The left operand, or the right where the left is null. */
  OR_ELSE("orElse");

  private final String symbol;

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** How plans, fingerprints and errors name it. */
  public String symbol() {
    return symbol;
  }
}
