package dev.lockstep.plan;

import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.OptionalLong;

/**
 * A label found by the request's id in later events (L1, L2). Of an event only the value travels.
 *
 * @param value over the columns of the label's source
 * @param happened whether the label is that an event came of which the value is true, rather than
 *     the first event's value
 * @param withinMicros how long after the request an event may happen; empty for ever
 */
public record EventLabelPlan(
    int index,
    String name,
    int source,
    List<Integer> eventKey,
    List<Integer> requestKey,
    TypedExpression value,
    boolean happened,
    OptionalLong withinMicros,
    long sourceLatenessMicros)
    implements Branch, LabelPlan {

  public EventLabelPlan {
    eventKey = List.copyOf(eventKey);
    requestKey = List.copyOf(requestKey);
  }

  @Override
  public List<Integer> columns() {
    return List.of();
  }

  @Override
  public List<TypedExpression> predicates() {
    return List.of(value);
  }

  @Override
  public List<ValueType> columnTypes() {
    return List.of(value.type());
  }

  @Override
  public List<ValueType> resultTypes() {
    return List.of(value.type());
  }

  @Override
  public OptionalLong maturityMicros() {
    return withinMicros.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Micros.plusSaturating(withinMicros.getAsLong(), sourceLatenessMicros));
  }
}
