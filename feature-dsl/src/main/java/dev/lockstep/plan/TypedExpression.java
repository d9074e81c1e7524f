package dev.lockstep.plan;

import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.stream.Stream;

/**
 * An expression with its types and names resolved.
 *
 * @param operands in the order of the expression's own
 * @param index for a field: the column; for a feature: its place in the vector; else -1
 */
public record TypedExpression(
    Node expression, ValueType type, List<TypedExpression> operands, int index) {

  public TypedExpression {
    operands = List.copyOf(operands);
  }

  /** The columns that it reads, as often as it does. */
  public Stream<Integer> fields() {
    return expression instanceof Node.Field
        ? Stream.of(index)
        : operands.stream().flatMap(TypedExpression::fields);
  }

  /** Whether it reads the event of a label, which may read the request beside. */
  boolean readsEvent() {
    return expression instanceof Node.Field field
        ? !field.ofRequest()
        : operands.stream().anyMatch(TypedExpression::readsEvent);
  }

  /** Whether it reads the request beside an event. */
  boolean readsRequest() {
    return expression instanceof Node.Field field
        ? field.ofRequest()
        : operands.stream().anyMatch(TypedExpression::readsRequest);
  }

  /** Whether it is the value of another feature, whose place in the vector is the index. */
  public boolean isFeature() {
    return expression instanceof Node.Feature;
  }
}
