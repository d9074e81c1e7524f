package dev.lockstep.expression;

/** A function with constant parameters, or of more than two operands; null where any operand is. */
public enum CallOperator {
  /** Whether the operand equals one of the parameters. */
  IS_IN("isIn"),
  /** The operand, held between the first parameter and the second. */
  CLIP("clip"),
  /** How many of the parameters, which ascend, are at most the operand: a LONG. */
  BUCKETISE("bucketise"),
  /** {@link dev.lockstep.value.TextHash} of the operand's text, into as many buckets: a LONG. */
  HASH("hash"),
  /** {@link dev.lockstep.aggregate.Haversine} of latitude, longitude, latitude, longitude. */
  DISTANCE("distance");

  private final String symbol;

  CallOperator(String symbol) {
    this.symbol = symbol;
  }

  /** How plans, fingerprints and errors name it. */
  public String symbol() {
    return symbol;
  }
}
