package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * One keyed part of the computation: a view, a table's lookup or a label. Its rows and the requests
 * that ask it meet at a key, where its state is held once. Who asks it, and by which key, is its
 * {@link Ask}s' affair: what it answers to each of them is a few values of the vector.
 */
public sealed interface Branch permits ViewPlan, LookupPlan, EventLabelPlan, WindowLabelPlan {

  /** Place among the plan's branches; views first. */
  int index();

  /** Unique within the plan. */
  String name();

  /** What of its source's rows it holds. */
  BranchInput input();

  /** Index of the source or table whose rows it holds. */
  default int source() {
    return input().source();
  }

  /** The key's columns in its own source. */
  default List<Integer> eventKey() {
    return input().key();
  }

  /** The columns of its source that its rows carry. */
  default List<Integer> columns() {
    return input().columns();
  }

  /** As of {@link BranchInput#predicates}. */
  default List<TypedExpression> predicates() {
    return input().predicates();
  }

  /** The types of {@link #columns}, then of {@link #predicates}. */
  default List<ValueType> columnTypes() {
    return input().types();
  }

  /** The types of what it answers. */
  List<ValueType> resultTypes();
}
