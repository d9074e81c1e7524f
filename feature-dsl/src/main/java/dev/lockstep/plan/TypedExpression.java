package dev.lockstep.plan;

import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.util.List;

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

  /** Whether it is the value of another feature, whose place in the vector is the index. */
  public boolean isFeature() {
    return expression instanceof Node.Feature;
  }
}
