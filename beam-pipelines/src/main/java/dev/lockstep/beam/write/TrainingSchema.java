package dev.lockstep.beam.write;

import dev.lockstep.define.About;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a training set: {@code request_id}, {@code event_time}, {@code available_at}, the
 * entities' keys as text, the features, and the label last if there is one.
 *
 * @param about what people should know about features, by name; none for those of which nothing is
 *     said. Two training sets of the same {@link #columns} may say different things.
 */
public record TrainingSchema(
    List<String> entities,
    List<Column> features,
    @Nullable Column label,
    Map<String, About> about) {

  static final String REQUEST_ID = "request_id";
  static final String EVENT_TIME = "event_time";
  static final String AVAILABLE_AT = "available_at";

  /** A feature or the label. */
  public record Column(String name, ValueType type) {}

  /**
   * @throws IllegalArgumentException if two columns would have one name
   */
  public TrainingSchema {
    entities = List.copyOf(entities);
    features = List.copyOf(features);
    about = Map.copyOf(about);
    List<String> names = new ArrayList<>(List.of(REQUEST_ID, EVENT_TIME, AVAILABLE_AT));
    names.addAll(entities);
    features.forEach(f -> names.add(f.name()));
    if (label != null) {
      names.add(label.name());
    }
    List<String> seen = new ArrayList<>();
    for (String name : names) {
      if (seen.contains(name)) {
        throw new IllegalArgumentException(
            "a training set would have two columns ["
                + name
                + "]; rename the feature, the entity"
                + " or the label of that name");
      }
      seen.add(name);
    }
  }

  /** Columns of which nothing is said. */
  public TrainingSchema(List<String> entities, List<Column> features, @Nullable Column label) {
    this(entities, features, label, Map.of());
  }

  /** What people should know about a feature. */
  public About about(String feature) {
    return about.getOrDefault(feature, About.NOTHING);
  }

  /** All columns with their types, in the order of the files. */
  public List<Map.Entry<String, ValueType>> columns() {
    List<Map.Entry<String, ValueType>> columns = new ArrayList<>();
    columns.add(Map.entry(REQUEST_ID, ValueType.STRING));
    columns.add(Map.entry(EVENT_TIME, ValueType.INSTANT));
    columns.add(Map.entry(AVAILABLE_AT, ValueType.INSTANT));
    entities.forEach(e -> columns.add(Map.entry(e, ValueType.STRING)));
    features.forEach(f -> columns.add(Map.entry(f.name(), f.type())));
    if (label != null) {
      columns.add(Map.entry(label.name(), label.type()));
    }
    return columns;
  }

  /** A column without rows for each of {@link #columns}. */
  public List<ColumnVector> emptyColumns() {
    return columns().stream().map(c -> new ColumnVector(c.getValue())).toList();
  }

  /** Where the features begin among {@link #columns}. */
  int firstFeature() {
    return 3 + entities.size();
  }

  /** The files' schema: the first three columns are required, all others may be null. */
  MessageType parquet() {
    List<Type> fields = new ArrayList<>();
    for (Map.Entry<String, ValueType> column : columns()) {
      boolean required = fields.size() < 3;
      fields.add(
          field(
              column.getKey(),
              column.getValue(),
              required ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL));
    }
    return new MessageType("training_set", fields);
  }

  private static Type field(String name, ValueType type, Type.Repetition repetition) {
    return switch (type) {
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case LONG -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case DECIMAL -> DecimalColumn.of(name, repetition);
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case INSTANT ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              .named(name);
    };
  }
}
