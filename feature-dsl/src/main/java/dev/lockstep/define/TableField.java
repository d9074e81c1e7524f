package dev.lockstep.define;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a table, as of a request (C10), and the key that it is looked up by.
 *
 * @param key what gives each part of the key: columns of the request, or fields of other tables;
 *     null where it is the key of the table's entity that the request names
 */
public record TableField(Table<?> table, Column<?, ?> field, @Nullable List<Expression> key)
    implements Serializable {

  public TableField {
    key = key == null ? null : List.copyOf(key);
  }
}
