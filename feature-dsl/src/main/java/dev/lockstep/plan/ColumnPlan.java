package dev.lockstep.plan;

import dev.lockstep.define.ComputedColumn;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of a source that the plan reads.
 *
 * @param component index of the record's component, or -1 for a computed column
 * @param computed the function of a computed column, else null
 * @param inputs the components that a computed column declares; empty where it reads whole events
 * @param width what it can hold (C14), of a computed column with what its inputs can
 */
public record ColumnPlan(
    String name,
    ValueType type,
    int component,
    @Nullable ComputedColumn<?, ?> computed,
    List<Integer> inputs,
    String width) {

  static ColumnPlan of(RecordSchema schema, int component) {
    RecordSchema.Component c = schema.components().get(component);
    return new ColumnPlan(c.name(), c.type(), component, null, List.of(), c.width());
  }

  static ColumnPlan of(
      RecordSchema schema, ComputedColumn<?, ?> computed, ValueType type, List<Integer> inputs) {
    String width =
        inputs.stream()
            .map(i -> ColumnPlan.of(schema, i).text())
            .collect(Collectors.joining(",", "(", ")"));
    return new ColumnPlan(computed.name(), type, -1, computed, List.copyOf(inputs), width);
  }

  /** How the column is told apart: its name, and for a function its version. */
  public String identity() {
    return computed == null ? name : name + "@v" + computed.version();
  }

  /** How the column is fingerprinted: its identity, and what it can hold (C14). */
  public String text() {
    return computed == null ? name + ":" + width : identity() + (inputs.isEmpty() ? "" : width);
  }

  /** Whether it is a function of whole events. */
  public boolean readsWholeEvents() {
    return computed != null && computed.readsWholeEvents();
  }
}
