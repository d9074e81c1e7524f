package dev.lockstep.plan;

import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.OptionalLong;

/**
 * A label found by the request's id in later events (L1, L2). Of an event only the value travels.
 *
 * @param input its one predicate is the value
 * @param happened whether the label is that an event came of which the value is true, rather than
 *     the first event's value
 * @param withinMicros how long after the request an event may happen; empty for ever
 */
public record EventLabelPlan(
    int index,
    String name,
    BranchInput input,
    boolean happened,
    OptionalLong withinMicros,
    long sourceLatenessMicros)
    implements Branch, LabelPlan {

  /** What an event says, over the columns of the label's source. */
  public TypedExpression value() {
    return predicates().get(0);
  }

  @Override
  public int source() {
    return input.source();
  }

  @Override
  public List<ValueType> resultTypes() {
    return columnTypes();
  }

  @Override
  public OptionalLong maturityMicros() {
    return withinMicros.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Micros.plusSaturating(withinMicros.getAsLong(), sourceLatenessMicros));
  }
}
