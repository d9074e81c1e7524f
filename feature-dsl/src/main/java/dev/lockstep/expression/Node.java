package dev.lockstep.expression;

import dev.lockstep.value.ValueType;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/**
 * One operation of an expression with what it operates on: a tree without names resolved or types
 * checked, which the plan does.
 */
public sealed interface Node extends Serializable {

  /** What it operates on, in order; empty for what stands for itself. */
  default List<Node> operands() {
    return List.of();
  }

  /**
   * A column of the row that is read: the event, or in a feature set's own expressions the request.
   *
   * @param ofRequest whether the request's is meant, where the two differ
   */
  record Field(Function<?, ?> column, boolean ofRequest) implements Node {}

  /**
   * Another feature of the set, by name.
   *
   * @param kind what it is taken for
   */
  record Feature(String name, FeatureKind kind) implements Node {}

  /** A field of a table, as of the request: what the definition names it by. */
  record Lookup(Serializable field) implements Node {}

  /** A constant; a value of another class than its type's is a mistake for the plan to report. */
  record Literal(ValueType type, Object value) implements Node {}

  /** An operation on one operand: a sign, a function, a test for null. */
  record Unary(UnaryOperator operator, Node operand) implements Node {
    @Override
    public List<Node> operands() {
      return List.of(operand);
    }
  }

  /** An operation on two operands: arithmetic, a comparison, logic, a difference of instants. */
  record Binary(BinaryOperator operator, Node left, Node right) implements Node {
    @Override
    public List<Node> operands() {
      return List.of(left, right);
    }
  }

  /**
   * A function of operands, with constants that say which function it is.
   *
   * @param parameters all of one type
   */
  record Call(CallOperator operator, List<Node> operands, List<Literal> parameters)
      implements Node {
    public Call {
      operands = List.copyOf(operands);
      parameters = List.copyOf(parameters);
    }
  }

  /** {@code then} where the condition is true, {@code otherwise} where it is false or null. */
  record When(Node condition, Node then, Node otherwise) implements Node {
    @Override
    public List<Node> operands() {
      return List.of(condition, then, otherwise);
    }
  }

  /** A part of an instant's local time in a zone. */
  record LocalTime(TimePart part, Node instant, ZoneId zone) implements Node {
    @Override
    public List<Node> operands() {
      return List.of(instant);
    }
  }

  /** How many days on the calendar of a zone one instant is after another. */
  record CalendarDays(Node later, Node earlier, ZoneId zone) implements Node {
    @Override
    public List<Node> operands() {
      return List.of(later, earlier);
    }
  }

  /** An instant so much later, or earlier where the duration is negative. */
  record Shift(Node instant, Duration by) implements Node {
    @Override
    public List<Node> operands() {
      return List.of(instant);
    }
  }
}
