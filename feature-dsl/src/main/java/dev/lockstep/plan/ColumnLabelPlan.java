package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.OptionalLong;

/**
 * A label that the request's own row holds (L4).
 *
 * @param source the requests'
 * @param column index into the columns of that source
 */
public record ColumnLabelPlan(String name, int source, int column, ValueType type)
    implements LabelPlan {

  @Override
  public int index() {
    return -1;
  }

  @Override
  public List<ValueType> resultTypes() {
    return List.of(type);
  }

  @Override
  public OptionalLong maturityMicros() {
    return OptionalLong.empty();
  }
}
