package dev.lockstep.define;

import dev.lockstep.expression.Node;
import java.time.Instant;

/** A choice that knows its condition, waiting for the value that it gives where that is true. */
public final class When {
  private final Condition condition;

  When(Condition condition) {
    this.condition = condition;
  }

  public Then.OfNumber then(NumberExpression value) {
    return new Then.OfNumber(condition, value);
  }

  public Then.OfNumber then(Number value) {
    return then(Expressions.literal(value));
  }

  public Then.OfText then(TextExpression value) {
    return new Then.OfText(condition, value);
  }

  public Then.OfText then(String value) {
    return then(Expressions.literal(value));
  }

  public Then.OfTime then(TimeExpression value) {
    return new Then.OfTime(condition, value);
  }

  public Then.OfTime then(Instant value) {
    return then(Expressions.literal(value));
  }

  public Then.OfCondition then(Condition value) {
    return new Then.OfCondition(condition, value);
  }

  public Then.OfCondition then(boolean value) {
    return then(Expressions.literal(value));
  }

  /** A condition and its value, waiting for the value where the condition is false or null. */
  public interface Then {

    /** The choice between numbers. */
    record OfNumber(Condition condition, NumberExpression value) implements Then {
      public NumberExpression otherwise(NumberExpression other) {
        return new NumberExpression(chosen(condition, value, other));
      }

      public NumberExpression otherwise(Number other) {
        return otherwise(Expressions.literal(other));
      }
    }

    /** The choice between texts. */
    record OfText(Condition condition, TextExpression value) implements Then {
      public TextExpression otherwise(TextExpression other) {
        return new TextExpression(chosen(condition, value, other));
      }

      public TextExpression otherwise(String other) {
        return otherwise(Expressions.literal(other));
      }
    }

    /** The choice between instants. */
    record OfTime(Condition condition, TimeExpression value) implements Then {
      public TimeExpression otherwise(TimeExpression other) {
        return new TimeExpression(chosen(condition, value, other));
      }

      public TimeExpression otherwise(Instant other) {
        return otherwise(Expressions.literal(other));
      }
    }

    /** The choice between conditions. */
    record OfCondition(Condition condition, Condition value) implements Then {
      public Condition otherwise(Condition other) {
        return new Condition(chosen(condition, value, other));
      }

      public Condition otherwise(boolean other) {
        return otherwise(Expressions.literal(other));
      }
    }
  }

  private static Node chosen(Condition condition, Expression value, Expression other) {
    return new Node.When(condition.node, value.node, other.node);
  }
}
