package dev.lockstep.plan;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A source or table as the plan reads it: only the columns that something needs, and its rules of
 * time.
 *
 * @param index place among the plan's sources: event sources first, then tables, then a label's
 * @param table whether its rows are versions of a table (C10) rather than events
 * @param record the record type, and how its instants are written
 * @param columns the columns read, pruned
 * @param idColumn index into {@code columns}, or -1
 * @param eventTimeColumn index into {@code columns}; -1 for a static table
 * @param availableAtColumn index into {@code columns}, or -1
 * @param sequenceColumn index into {@code columns}, or -1
 * @param deletedColumn index into {@code columns}, or -1; only for tables
 * @param asOfEventTime whether all that happened counts as known then, whatever records say (C16);
 *     then the availability's column is the event time's
 * @param times which times its events may have
 * @param promises of its topic, by which a stream tells its progress (C5)
 * @param copies how copies of one id at one place are told apart (C9)
 */
public record SourcePlan(
    int index,
    String name,
    String topic,
    boolean table,
    RecordReading record,
    List<ColumnPlan> columns,
    int idColumn,
    int eventTimeColumn,
    int availableAtColumn,
    int sequenceColumn,
    int deletedColumn,
    TimeRules times,
    TopicPromises promises,
    boolean asOfEventTime,
    CopyOrder copies) {

  public SourcePlan {
    columns = List.copyOf(columns);
  }

  /** How long after it happened an event may become available (C4). */
  public long latenessMicros() {
    return times.latenessMicros();
  }

  /** How far an event time may lie ahead of the record's (C4). */
  public long clockSkewMicros() {
    return times.clockSkewMicros();
  }

  /** The columns by which copies of one id at one place are ordered (C9), first to last. */
  public List<Integer> copyOrder() {
    return copies.columns();
  }

  /** The types of the columns read, in order: the layout of {@link #newRow}. */
  public List<ValueType> columnTypes() {
    return columns.stream().map(ColumnPlan::type).toList();
  }

  /** The record type as columns. */
  public RecordSchema schema() {
    return record.schema();
  }

  /**
   * Whether each row is made a record, of all its components: because the record has code of its
   * own, or a function looks at whole events (C17).
   */
  public boolean makesRecords() {
    return schema().hasOwnCode() || columns.stream().anyMatch(ColumnPlan::readsWholeEvents);
  }

  /** The components that must be read of each row, in the record's order (C17). */
  public List<Integer> neededComponents() {
    IntStream needed =
        makesRecords()
            ? IntStream.range(0, schema().components().size())
            : columns.stream()
                .flatMapToInt(
                    c ->
                        c.computed() == null
                            ? IntStream.of(c.component())
                            : c.inputs().stream().mapToInt(Integer::intValue));
    return needed.sorted().distinct().boxed().toList();
  }

  /**
   * The same, with more of the record's components as columns behind those that the plan reads: for
   * whoever passes rows on whole.
   */
  public SourcePlan readingAlso(List<Integer> components) {
    List<ColumnPlan> more = new ArrayList<>(columns);
    components.forEach(c -> more.add(ColumnPlan.of(schema(), c)));
    return new SourcePlan(
        index,
        name,
        topic,
        table,
        record,
        more,
        idColumn,
        eventTimeColumn,
        availableAtColumn,
        sequenceColumn,
        deletedColumn,
        times,
        promises,
        asOfEventTime,
        copies);
  }

  /** The same, with all that happened known then (C16). */
  public SourcePlan ofEventTime() {
    return new SourcePlan(
        index,
        name,
        topic,
        table,
        record,
        columns,
        idColumn,
        eventTimeColumn,
        eventTimeColumn,
        sequenceColumn,
        deletedColumn,
        times,
        promises,
        true,
        copies);
  }

  /** Whether a column shows something of a component whose values must not be shown (C13). */
  public boolean isSensitive(int column) {
    ColumnPlan of = columns.get(column);
    if (of.readsWholeEvents()) {
      return schema().components().stream().anyMatch(RecordSchema.Component::sensitive);
    }
    List<Integer> shown = of.computed() == null ? List.of(of.component()) : of.inputs();
    return shown.stream().anyMatch(c -> schema().components().get(c).sensitive());
  }

  /** An empty row of the columns read. */
  public Values newRow() {
    return new Values(columnTypes());
  }
}
