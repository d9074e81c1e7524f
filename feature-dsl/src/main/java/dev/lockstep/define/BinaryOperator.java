package dev.lockstep.define;

/** What two operands can have done to them; null where either is, but for {@link #OR_ELSE}. */
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
  LESS_THAN("<"),
  AT_MOST("<="),
  GREATER_THAN(">"),
  AT_LEAST(">="),
  EQUAL_TO("="),
  NOT_EQUAL_TO("!="),
  AND("and"),
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
