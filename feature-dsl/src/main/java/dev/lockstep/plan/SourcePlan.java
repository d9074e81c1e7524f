package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source or table as the plan reads it: only the columns that something needs, and its rules of
 * time.
 *
 * @param index place among the plan's sources: event sources first, then tables, then a label's
 * @param table whether its rows are versions of a table (C10) rather than events
 * @param columns the columns read, pruned
 * @param idColumn index into {@code columns}, or -1
 * @param eventTimeColumn index into {@code columns}; -1 for a static table
 * @param availableAtColumn index into {@code columns}, or -1
 * @param sequenceColumn index into {@code columns}, or -1
 * @param deletedColumn index into {@code columns}, or -1; only for tables
 * @param asOfEventTime whether all that happened counts as known then, whatever records say (C16);
 *     then the availability's column is the event time's
 * @param copies how copies of one id at one place are told apart (C9)
 */
public record SourcePlan(
    int index,
    String name,
    String topic,
    boolean table,
    RecordSchema schema,
    List<ColumnPlan> columns,
    int idColumn,
    int eventTimeColumn,
    int availableAtColumn,
    int sequenceColumn,
    int deletedColumn,
    long latenessMicros,
    long clockSkewMicros,
    long disorderMicros,
    boolean asOfEventTime,
    CopyOrder copies) {

  public SourcePlan {
    columns = List.copyOf(columns);
  }

  /** The columns by which copies of one id at one place are ordered (C9), first to last. */
  public List<Integer> copyOrder() {
    return copies.columns();
  }

  /** The types of the columns read, in order: the layout of {@link #newRow}. */
  public List<ValueType> columnTypes() {
    return columns.stream().map(ColumnPlan::type).toList();
  }

  /** Whether reading it needs whole records, because a function looks at them. */
  public boolean needsRecords() {
    return columns.stream().anyMatch(c -> c.computed() != null);
  }

  /** The same, with all that happened known then (C16). */
  public SourcePlan ofEventTime() {
    return new SourcePlan(
        index,
        name,
        topic,
        table,
        schema,
        columns,
        idColumn,
        eventTimeColumn,
        eventTimeColumn,
        sequenceColumn,
        deletedColumn,
        latenessMicros,
        clockSkewMicros,
        disorderMicros,
        true,
        copies);
  }

  /** An empty row of the columns read. */
  public Values newRow() {
    return new Values(columnTypes());
  }

  /**
   * Fills a row from a record.
   *
   * @return how many NaN or infinite doubles became null (C6)
   * @throws ArithmeticException naming the column, if a decimal doesn't fit (C13)
   */
  public int read(Object event, Values into) {
    int dropped = 0;
    for (int i = 0; i < columns.size(); i++) {
      ColumnPlan column = columns.get(i);
      try {
        if (!into.set(i, value(column, event))) {
          dropped++;
        }
      } catch (ArithmeticException e) {
        ArithmeticException named =
            new ArithmeticException("[" + column.name() + "]: " + e.getMessage());
        named.initCause(e);
        throw named;
      }
    }
    return dropped;
  }

  @SuppressWarnings("unchecked") // the definition's compiler checked the event's type
  private @Nullable Object value(ColumnPlan column, Object event) {
    var computed = column.computed();
    return computed == null
        ? schema.read(event, column.component())
        : ((dev.lockstep.define.ComputedColumn<Object, Object>) computed).apply(event);
  }
}
