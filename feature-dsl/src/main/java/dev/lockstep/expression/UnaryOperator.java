package dev.lockstep.expression;

/** What one operand can have done to it; null gives null, but for {@link #IS_NULL}. */
public enum UnaryOperator {
  /** The number with the other sign; null for the least LONG. */
  NEGATE("negate"),
  /** The number without its sign; null for the least LONG. */
  ABS("abs"),
  /** The greatest LONG not above a number; null where it doesn't fit. */
  FLOOR("floor"),
  /** The LONG nearest to a number, the even one of two; null where it doesn't fit. */
  ROUND("round"),
  /** The square root of a number, correctly rounded; null below 0. */
  SQRT("sqrt"),
  /** e to the power of a number, by {@link StrictMath#exp}; null where it overflows. */
  EXP("exp"),
  /** The natural logarithm, by {@link StrictMath#log}; null for x <= 0. */
  LOG("log"),
  /** ln(1 + x) of a number, by {@link StrictMath#log1p}; null for x <= -1. */
  LOG1P("log1p"),
  /** The other boolean. */
  NOT("not"),
  /** Whether there is no value; never null itself. */
  IS_NULL("isNull"),
  /** The LONG 1 for true, 0 for false. */
  AS_INTEGER("asInteger"),
  /** Text in lower case, in no language's own rules. */
  LOWER("lower"),
  /** The number of code points of text. */
  LENGTH("length");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** How plans, fingerprints and errors name it. */
  public String symbol() {
    return symbol;
  }
}
