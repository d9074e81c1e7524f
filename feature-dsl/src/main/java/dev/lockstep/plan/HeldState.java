package dev.lockstep.plan;

import dev.lockstep.time.WindowBounds;
import java.util.ArrayList;
import java.util.List;

/** What a view's state holds: which events, which of their columns, and for how long. */
public final class HeldState {
  private final ViewPlan view;
  private final List<ColumnPlan> columns;
  private final String events;

  public HeldState(FeaturePlan plan, ViewPlan view) {
    SourcePlan source = plan.sources().get(view.source());
    this.view = view;
    this.columns = source.columns();
    this.events =
        PlanText.rules(source)
            + view.entity()
            + " by "
            + PlanText.keyText(columns, view.eventKey());
  }

  /** The columns of its rows, told apart by source column or condition, with their types. */
  public List<String> columnNames() {
    List<String> names = new ArrayList<>();
    for (int column : view.columns()) {
      names.add(columns.get(column).text() + " " + columns.get(column).type());
    }
    for (TypedExpression predicate : view.predicates()) {
      names.add(PlanText.conditionText(predicate, columns));
    }
    return names;
  }

  /** Whether it holds the same events as another: of the same source, under the same key. */
  public boolean holdsEventsOf(HeldState other) {
    return events.equals(other.events);
  }

  /** What this lacks for a feature of another state's view; empty for nothing. */
  String lacks(HeldState other, ViewPlan.Feature feature) {
    if (!holdsEventsOf(other)) {
      return "the view's source, its rules or the key changed";
    }
    List<String> held = columnNames();
    List<String> needed = other.columnNames();
    List<Integer> read = new ArrayList<>(feature.inputs());
    if (feature.filter() >= 0) {
      read.add(feature.filter());
    }
    for (int column : read) {
      if (!held.contains(needed.get(column))) {
        return "the state holds no [" + needed.get(column) + "]";
      }
    }
    return holds(feature.window())
        ? ""
        : "the state doesn't reach back over " + WindowText.forPeople(feature.window());
  }

  private boolean holds(WindowBounds window) {
    if (view.isLifetime()) {
      return true;
    }
    if (window.newest() != Integer.MAX_VALUE) {
      return window.newest() <= view.mostNewest();
    }
    return window.reachMicros() != WindowBounds.UNBOUNDED
        && window.reachMicros() <= view.reachMicros();
  }
}
