package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * One keyed part of the computation: a view, a table's lookup or a label. Its rows and the requests
 * that ask it meet at a key; what it answers is a few values of the vector.
 */
public sealed interface Branch permits ViewPlan, LookupPlan, EventLabelPlan, WindowLabelPlan {

  /** Place among the plan's branches; views first. */
  int index();

  /** Unique within the plan. */
  String name();

  /** Index of the source or table whose rows it holds. */
  int source();

  /** The key's columns in its own source. */
  List<Integer> eventKey();

  /** The key's columns in the request's source; for a label by id the id column. */
  List<Integer> requestKey();

  /** The columns of its source that its rows carry. */
  List<Integer> columns();

  /**
   * Expressions over its source's rows, a view's conditions and a label's value; what they give for
   * a row travels behind its columns.
   */
  default List<TypedExpression> predicates() {
    return List.of();
  }

  /** The types of {@link #columns}, then of {@link #predicates}. */
  List<ValueType> columnTypes();

  /** The types of what it answers. */
  List<ValueType> resultTypes();
}
