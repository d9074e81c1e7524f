package dev.lockstep.plan;

import dev.lockstep.time.WindowBounds;
import java.util.ArrayList;
import java.util.List;

/** What a view's state holds: which events, which of their columns, and for how long. */
public final class HeldState {
  private final ViewPlan view;
  private final List<ColumnPlan> columns;
  private final String events;
  private final List<String> copies;

  public HeldState(FeaturePlan plan, ViewPlan view) {
    SourcePlan source = plan.sources().get(view.source());
    this.view = view;
    this.columns = source.columns();
    this.events =
        PlanText.ownRules(source)
            + view.entity()
            + " by "
            + PlanText.keyText(columns, view.eventKey());
    this.copies = source.idColumn() < 0 ? List.of() : source.copies().ofFeatures(columns);
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

  /**
   * Whether it holds the same events as another: of the same source, under the same key, and of
   * copies the same ones. Columns behind all others tell only copies apart that are equal in those.
   */
  public boolean holdsEventsOf(HeldState other) {
    int common = Math.min(copies.size(), other.copies.size());
    return events.equals(other.events)
        && copies.subList(0, common).equals(other.copies.subList(0, common));
  }

  /** Whether it is kept for requests as late as another's may be. */
  public boolean isKeptForRequestsOf(HeldState other) {
    return view.keptForMicros() >= other.view.requestLatenessMicros();
  }

  /** What this lacks for a feature of another state's view; empty for nothing. */
  String lacks(HeldState other, ViewPlan.Feature feature) {
    if (!holdsEventsOf(other)) {
      return events.equals(other.events)
          ? "other columns of the source are read, which order copies of one id"
          : "the view's source, its rules or the key changed";
    }
    if (!isKeptForRequestsOf(other)) {
      return "the state was pruned to requests that are less late";
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
    if (window.newest() != Integer.MAX_VALUE && window.newest() <= view.mostNewest()) {
      return true;
    }
    return window.reachMicros() != WindowBounds.UNBOUNDED
        && window.reachMicros() <= view.reachMicros();
  }
}
