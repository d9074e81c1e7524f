package dev.lockstep.beam.read;

import dev.lockstep.intake.FieldType;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.InstantReading;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.parquet.schema.MessageType;

/**
 * Finds the columns of components in a file, or else among the folders on the way to it. One that
 * is nowhere is null in each row; one that can't be read at all is a problem of the file.
 */
final class ColumnFinder {
  private final String path;
  private final MessageType schema;
  private final InstantReading instants;
  private final List<HistoryColumn> found = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param instants how the source's instants are written
   */
  ColumnFinder(String path, MessageType schema, InstantReading instants) {
    this.path = path;
    this.schema = schema;
    this.instants = instants;
  }

  /** The columns so far; complete only if {@link #requireReadable} is content. */
  List<HistoryColumn> found() {
    return List.copyOf(found);
  }

  /** Finds a component's column. */
  void find(RecordSchema.Component component) {
    FieldType field = new FieldType(component, instants);
    String name = component.fieldName();
    if (schema.containsField(name)) {
      inFile(name, field);
      return;
    }
    Optional<PartitionFolder> folder = PartitionFolder.of(path, name);
    if (folder.isEmpty()) {
      found.add(HistoryColumn.missing(field));
      return;
    }
    try {
      found.add(HistoryColumn.ofFolder(folder.get(), field));
    } catch (DataException e) {
      problems.add(folder.get().problem(field.type(), e));
    }
  }

  /**
   * Finds a column that an archive of a topic has beside the record's.
   *
   * @return its place among those found, or -1
   */
  int findArchived(String name, ValueType type) {
    if (!schema.containsField(name)) {
      return -1;
    }
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).name().equals(name)) { // the record itself has this component
        if (found.get(i).type() != type) {
          problems.add(
              "column ["
                  + name
                  + "] is the archive's own, "
                  + type
                  + ", and the record has a component of this name, "
                  + found.get(i).type()
                  + ": name the component otherwise");
        }
        return i;
      }
    }
    inFile(name, HistoryColumn.widest(name, type));
    return found.size() - 1;
  }

  private void inFile(String name, FieldType field) {
    HistoryColumn.of(schema.getType(name), field)
        .ifPresentOrElse(
            found::add,
            () ->
                problems.add(
                    "column ["
                        + ColumnTypes.describe(schema.getType(name))
                        + "] can't be read as "
                        + (field.isDate() ? "DATE" : field.type())
                        + ", expected "
                        + ColumnTypes.expected(field)
                        + ColumnTypes.cure(schema.getType(name), field.type())));
  }

  /**
   * Requires that everything could be read.
   *
   * @param what the file and what it doesn't fit, for the message
   * @throws HistoryFileException naming every column that can't be, and the columns there are
   */
  void requireReadable(String what) {
    if (!problems.isEmpty()) {
      throw new HistoryFileException(
          what
              + ": "
              + String.join("; ", problems)
              + ". Its columns are: "
              + schema.getFields().stream()
                  .map(ColumnTypes::describe)
                  .collect(Collectors.joining(", ", "[", "]"))
              + ". Give these columns the expected types, or give other files",
          null);
    }
  }
}
