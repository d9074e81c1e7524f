package dev.lockstep.beam.event;

import dev.lockstep.plan.RecordSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * The Avro schemas that messages of one source may be written by, by their fingerprint.
 *
 * <p>Avro's fingerprint leaves logical types out: two schemas that differ in the scale of a decimal
 * have one. So a given schema counts before the record's own, and two given ones that differ in
 * what they mean are refused.
 */
final class WriterSchemas {
  private final Map<Long, Schema> byFingerprint = new HashMap<>();
  private final @Nullable Schema own;

  private WriterSchemas(@Nullable Schema own) {
    this.own = own;
  }

  /**
   * A record's own schema, and those given.
   *
   * @param texts schemas in JSON
   * @throws IllegalArgumentException if one can't be read, or two can't be told apart
   */
  static WriterSchemas of(RecordSchema record, List<String> texts) {
    WriterSchemas schemas = new WriterSchemas(ownOf(record));
    texts.forEach(text -> schemas.add(parsed(text)));
    if (schemas.own != null) {
      schemas.byFingerprint.putIfAbsent(fingerprint(schemas.own), schemas.own);
    }
    return schemas;
  }

  /** A set of writers' schemas that holds none, not even the record's own. */
  static WriterSchemas none() {
    return new WriterSchemas(null);
  }

  /** None for a record whose fields have names that Avro can't have: nobody writes it as Avro. */
  private static @Nullable Schema ownOf(RecordSchema record) {
    try {
      return EventSchema.of(record);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * A schema.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Schema parsed(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (SchemaParseException e) {
      throw new IllegalArgumentException(
          "no Avro schema that is whole in itself: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a schema.
   *
   * @throws IllegalArgumentException if it can't be told apart from another
   */
  void add(Schema schema) {
    Schema other = byFingerprint.putIfAbsent(fingerprint(schema), schema);
    if (other != null && !logicalTypes(schema).equals(logicalTypes(other))) {
      throw new IllegalArgumentException(
          "two schemas of "
              + schema.getFullName()
              + " have the fingerprint "
              + hex(fingerprint(schema))
              + ", which leaves logical types out, but mean different values, "
              + logicalTypes(other)
              + " and "
              + logicalTypes(schema)
              + ": keep the one that the topic is written by");
    }
  }

  /** The schema of a fingerprint, or null. */
  @Nullable Schema find(long fingerprint) {
    return byFingerprint.get(fingerprint);
  }

  /** The record's own schema and its fingerprint, for people; null where there is none. */
  @Nullable String ownName() {
    return own == null ? null : own.getFullName() + " (" + hex(fingerprint(own)) + ")";
  }

  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  static String hex(long fingerprint) {
    return HexFormat.of().toHexDigits(fingerprint);
  }

  /** The logical types of all that a schema holds, in its order. */
  private static List<String> logicalTypes(Schema schema) {
    List<String> found = new ArrayList<>();
    collect(schema, found, Collections.newSetFromMap(new IdentityHashMap<>()));
    return found;
  }

  private static void collect(Schema schema, List<String> found, Set<Schema> seen) {
    String logical = schema.getProp("logicalType");
    if (logical != null) {
      found.add(
          schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? "decimal of scale " + decimal.getScale()
              : logical);
    }
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema)) {
          schema.getFields().forEach(f -> collect(f.schema(), found, seen));
        }
      }
      case ARRAY -> collect(schema.getElementType(), found, seen);
      case MAP -> collect(schema.getValueType(), found, seen);
      case UNION -> schema.getTypes().forEach(t -> collect(t, found, seen));
      default -> {}
    }
  }
}
