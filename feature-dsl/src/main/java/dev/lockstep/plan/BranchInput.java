package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * What of its source's rows goes to a branch, and by which key.
 *
 * @param source index of the source or table whose rows it holds
 * @param key the key's columns there
 * @param columns the columns that its rows carry
 * @param predicates expressions over the source's rows: a view's conditions, a label's value; what
 *     they give for a row travels behind its columns
 * @param types of the columns, then of the predicates
 */
public record BranchInput(
    int source,
    List<Integer> key,
    List<Integer> columns,
    List<TypedExpression> predicates,
    List<ValueType> types) {

  public BranchInput {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    predicates = List.copyOf(predicates);
    types = List.copyOf(types);
  }
}
