package dev.lockstep.plan;

import java.util.List;

/**
 * One question that each request puts to a branch: by which key, and where the answer goes. A view
 * that is asked in several roles has several; every other branch has one.
 *
 * @param index place among the plan's asks, which stand in the order of their branches
 * @param branch index of the branch that answers
 * @param role what the features of its answer begin with, and what vectors call its key; empty
 *     where the branch is asked by one key
 * @param key where the key's parts come from
 * @param level 0 where all of them are the request's; else one more than the greatest level of a
 *     lookup that gives one
 */
public record Ask(int index, int branch, String role, List<AskPart> key, int level) {

  public Ask {
    key = List.copyOf(key);
  }

  /** An ask by columns of the request. */
  static Ask of(int index, int branch, String role, List<Integer> columns) {
    return new Ask(
        index, branch, role, columns.stream().<AskPart>map(AskPart.OfRequest::new).toList(), 0);
  }

  /**
   * The columns of the request's source that the key is made of: all of it where the {@link #level}
   * is 0. For a label by id it is the id column.
   */
  public List<Integer> columns() {
    return key.stream()
        .filter(AskPart.OfRequest.class::isInstance)
        .map(part -> ((AskPart.OfRequest) part).column())
        .toList();
  }

  public boolean hasRole() {
    return !role.isEmpty();
  }

  /** What the vector calls a feature of the answer. */
  String featureName(String name) {
    return hasRole() ? role + "_" + name : name;
  }
}
