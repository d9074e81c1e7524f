package dev.lockstep.plan;

import dev.lockstep.expression.FeatureKind;
import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event alone gives of an expression that reads the request too: its greatest parts without
 * the request, each once, and behind them that there is an event at all.
 */
final class EventParts {
  private final List<TypedExpression> parts = new ArrayList<>();

  /** The parts found so far, and behind them the constant true. */
  List<TypedExpression> parts() {
    List<TypedExpression> all = new ArrayList<>(parts);
    all.add(
        new TypedExpression(
            new Node.Literal(ValueType.BOOLEAN, true), ValueType.BOOLEAN, List.of(), -1));
    return all;
  }

  /** The expression with each part as the feature at its place. */
  TypedExpression joined(TypedExpression e) {
    if (e.expression() instanceof Node.Literal) {
      return e;
    }
    if (!e.readsRequest()) {
      int place = parts.indexOf(e);
      if (place < 0) {
        place = parts.size();
        parts.add(e);
      }
      return new TypedExpression(
          new Node.Feature("", FeatureKind.of(e.type())), e.type(), List.of(), place);
    }
    return new TypedExpression(
        e.expression(), e.type(), e.operands().stream().map(this::joined).toList(), e.index());
  }
}
