package dev.lockstep.define;

/** A condition, waiting for the value that it gives where it is true. */
public record Condition(Expression condition) {

  public Then then(Expression value) {
    return new Then(condition, value);
  }

  public Then then(double value) {
    return then(Expressions.literal(value));
  }

  public Then then(long value) {
    return then(Expressions.literal(value));
  }

  public Then then(String value) {
    return then(Expressions.literal(value));
  }

  public Then then(boolean value) {
    return then(Expressions.literal(value));
  }

  /** A condition and its value, waiting for the value where it is false or null. */
  public record Then(Expression condition, Expression value) {

    public Expression otherwise(Expression other) {
      return new Expression.When(condition, value, other);
    }

    public Expression otherwise(double other) {
      return otherwise(Expressions.literal(other));
    }

    public Expression otherwise(long other) {
      return otherwise(Expressions.literal(other));
    }

    public Expression otherwise(String other) {
      return otherwise(Expressions.literal(other));
    }

    public Expression otherwise(boolean other) {
      return otherwise(Expressions.literal(other));
    }
  }
}
