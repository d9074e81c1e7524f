package dev.lockstep.plan;

import java.util.List;

/**
 * An entity of the request, as a vector names it: by the entity's name, or by the role that its key
 * has in the request.
 *
 * @param columns the key's columns in the request's source
 */
public record EntityKeyPlan(String entity, List<Integer> columns) {
  public EntityKeyPlan {
    columns = List.copyOf(columns);
  }
}
