package dev.lockstep.beam.read;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
   * @throws HistoryFileException naming the file, every column that is missing or of another type,
   *     and the columns there are
   */
  static HistoryColumns of(SourcePlan source, String path, MessageType schema) {
    List<HistoryColumn> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int component : source.neededComponents()) {
      RecordSchema.Component c = source.schema().components().get(component);
      find(schema, path, c.fieldName(), c.type(), found, problems);
    }
    int timestamp = optional(schema, RECORD_TIMESTAMP, ValueType.INSTANT, found, problems);
    boolean positions = schema.containsField(PARTITION) && schema.containsField(OFFSET);
    int partition = positions ? optional(schema, PARTITION, ValueType.LONG, found, problems) : -1;
    int offset = positions ? optional(schema, OFFSET, ValueType.LONG, found, problems) : -1;
    if (!problems.isEmpty()) {
      throw new HistoryFileException(
          "the history file "
              + path
              + " doesn't fit "
              + (source.table() ? "table " : "source ")
              + source.name()
              + ": "
              + String.join("; ", problems)
              + ". Its columns are: "
              + schema.getFields().stream()
                  .map(HistoryColumn::describe)
                  .collect(Collectors.joining(", ", "[", "]"))
              + ". Name the file's columns as the record's components, or give other files",
          null);
    }
    return new HistoryColumns(List.copyOf(found), timestamp, partition, offset);
  }

  private static int optional(
      MessageType schema,
      String name,
      ValueType type,
      List<HistoryColumn> found,
      List<String> problems) {
    if (!schema.containsField(name)) {
      return -1;
    }
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).name().equals(name)) {
        return i; // the record itself has this component
      }
    }
    find(schema, "", name, type, found, problems);
    return found.size() - 1;
  }

  private static void find(
      MessageType schema,
      String path,
      String name,
      ValueType type,
      List<HistoryColumn> found,
      List<String> problems) {
    if (!schema.containsField(name)) {
      PartitionFolder.of(path, name)
          .ifPresentOrElse(
              folder -> ofFolder(folder, type, found, problems),
              () ->
                  problems.add(
                      "column ["
                          + name
                          + "] is missing, expected "
                          + HistoryColumn.expected(type)));
      return;
    }
    HistoryColumn.of(schema.getType(name), type)
        .ifPresentOrElse(
            found::add,
            () ->
                problems.add(
                    "column ["
                        + HistoryColumn.describe(schema.getType(name))
                        + "] can't be read as "
                        + type
                        + ", expected "
                        + HistoryColumn.expected(type)
                        + HistoryColumn.cure(schema.getType(name), type)));
  }

  private static void ofFolder(
      PartitionFolder folder, ValueType type, List<HistoryColumn> found, List<String> problems) {
    try {
      found.add(HistoryColumn.ofFolder(folder, type));
    } catch (IllegalArgumentException e) {
      problems.add(folder.problem(type, e));
    }
  }
}
