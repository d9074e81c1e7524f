package dev.lockstep.define;

import java.io.Serializable;
import java.util.List;

/**
 * An entity, and the columns of an event that make up its key, in the order of the key's parts.
 *
 * @param <T> the event's record type
 */
public record Keyed<T>(Entity<?> entity, List<Column<T, ?>> columns) implements Serializable {

  public Keyed {
    columns = List.copyOf(columns);
  }
}
