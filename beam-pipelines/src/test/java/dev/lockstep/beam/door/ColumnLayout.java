package dev.lockstep.beam.door;

import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.Type;

/**
 * How a file holds one column: its Parquet type, and what puts a drawn value into a row, or leaves
 * it null.
 */
record ColumnLayout(Type type, Consumer<Group> cell) {}
