package dev.lockstep.aggregate.index;

import dev.lockstep.value.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * The rows that an index is over: those of a column that aren't null and satisfy a filter.
 *
 * @param filter a column of booleans; null where every row satisfies it
 */
public record IndexedRows(ColumnVector column, @Nullable ColumnVector filter) {

  /** Whether the index holds a row. */
  public boolean holds(int row) {
    return !column.isNull(row) && (filter == null || isTrue(filter, row));
  }

  /** Whether a row of a column of booleans is true, neither false nor null. */
  public static boolean isTrue(ColumnVector filter, int row) {
    return !filter.isNull(row) && filter.bits(row) != 0;
  }
}
