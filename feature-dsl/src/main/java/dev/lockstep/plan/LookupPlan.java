package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * The lookup of a table's fields by one key of the request.
 *
 * @param table the table's name: the space of its versions in the online store
 * @param columns the fields answered, as columns of the table's source plan
 * @param requestLatenessMicros how far behind its availability a request may ask (C4): decides
 *     which versions can be dropped
 */
public record LookupPlan(
    int index,
    String name,
    String table,
    int source,
    List<Integer> eventKey,
    List<Integer> requestKey,
    List<Integer> columns,
    List<ValueType> columnTypes,
    long requestLatenessMicros)
    implements Branch {

  public LookupPlan {
    eventKey = List.copyOf(eventKey);
    requestKey = List.copyOf(requestKey);
    columns = List.copyOf(columns);
    columnTypes = List.copyOf(columnTypes);
  }

  @Override
  public List<ValueType> resultTypes() {
    return columnTypes;
  }
}
