package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * The label of a training set, found by the request's id in a later event.
 *
 * @param value over the columns of the label's source
 */
public record LabelPlan(
    int index,
    String name,
    int source,
    List<Integer> eventKey,
    List<Integer> requestKey,
    List<Integer> columns,
    List<ValueType> columnTypes,
    TypedExpression value)
    implements Branch {

  public LabelPlan {
    eventKey = List.copyOf(eventKey);
    requestKey = List.copyOf(requestKey);
    columns = List.copyOf(columns);
    columnTypes = List.copyOf(columnTypes);
  }

  @Override
  public List<ValueType> resultTypes() {
    return List.of(value.type());
  }
}
