package dev.lockstep.beam.read;

import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueType;
import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * What a source reads of one of its history files: the components that the plan needs, in the
 * record's order; then the Kafka columns, where the file has them.
 *
 * @param columns the components', then the Kafka ones that are there
 * @param recordTimestamp index of {@code kafka_timestamp} in {@code columns}, or -1
 * @param partition index of {@code kafka_partition} in {@code columns}, or -1
 * @param offset index of {@code kafka_offset} in {@code columns}, or -1
 */
record HistoryColumns(List<HistoryColumn> columns, int recordTimestamp, int partition, int offset) {

  static final String RECORD_TIMESTAMP = "kafka_timestamp";
  static final String PARTITION = "kafka_partition";
  static final String OFFSET = "kafka_offset";

  /**
   * Finds the columns of a source in a file.
   *
   * @throws HistoryFileException naming the file, every column that can't be read as its component,
   *     and the columns there are
   */
  static HistoryColumns of(SourcePlan source, String path, MessageType schema) {
    ColumnFinder finder = new ColumnFinder(path, schema, source.record().instants());
    for (int component : source.neededComponents()) {
      finder.find(source.schema().components().get(component));
    }
    int timestamp = finder.findArchived(RECORD_TIMESTAMP, ValueType.INSTANT);
    boolean positions = schema.containsField(PARTITION) && schema.containsField(OFFSET);
    int partition = positions ? finder.findArchived(PARTITION, ValueType.LONG) : -1;
    int offset = positions ? finder.findArchived(OFFSET, ValueType.LONG) : -1;
    finder.requireReadable(
        "the history file "
            + path
            + " doesn't fit "
            + (source.table() ? "table " : "source ")
            + source.name());
    return new HistoryColumns(finder.found(), timestamp, partition, offset);
  }

  /** The names of those that are neither in the file nor in a folder's name. */
  List<String> missing() {
    return columns.stream().filter(HistoryColumn::isMissing).map(HistoryColumn::name).toList();
  }

  /** The names of those whose times are in the source's zone. */
  List<String> withoutZone() {
    return columns.stream().filter(HistoryColumn::isWithoutZone).map(HistoryColumn::name).toList();
  }
}
