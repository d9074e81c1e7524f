package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * The lookup of a table's fields by one key.
 *
 * @param table the table's name: the space of its versions in the online store
 * @param input its columns are the fields answered
 * @param requestLatenessMicros how far behind its availability a request may ask (C4): decides
 *     which versions can be dropped
 */
public record LookupPlan(
    int index, String name, String table, BranchInput input, long requestLatenessMicros)
    implements Branch {

  @Override
  public List<ValueType> resultTypes() {
    return columnTypes();
  }
}
