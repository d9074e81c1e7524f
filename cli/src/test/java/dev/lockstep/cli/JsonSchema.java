package dev.lockstep.cli;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (2020-12) of a result's record: a component that may be null may be absent, and
 * nothing else is there.
 */
final class JsonSchema {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  private static final Map<Class<?>, String> SIMPLE =
      Map.of(
          String.class, "string",
          boolean.class, "boolean",
          Boolean.class, "boolean",
          int.class, "integer",
          long.class, "integer",
          Long.class, "integer",
          double.class, "number",
          Double.class, "number");

  private JsonSchema() {}

  /** The text of a command's schema. */
  static String of(String command, Class<? extends Record> result) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "lockstep " + command);
    root.setAll(ofRecord(result));
    return root.toPrettyString() + "\n";
  }

  private static ObjectNode ofRecord(Class<?> type) {
    ObjectNode schema = MAPPER.createObjectNode();
    JsonClassDescription said = type.getAnnotation(JsonClassDescription.class);
    if (said != null) {
      schema.put("description", said.value());
    }
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = MAPPER.createArrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = NAMES.translate(component.getName());
      ObjectNode property = ofType(component.getGenericType());
      JsonPropertyDescription meant =
          component.getAccessor().getAnnotation(JsonPropertyDescription.class);
      if (meant != null) {
        property.put("description", meant.value());
      }
      properties.set(name, property);
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(name);
      }
    }
    schema.set("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private static ObjectNode ofType(Type type) {
    ObjectNode schema = MAPPER.createObjectNode();
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      schema.put("type", "array");
      schema.set("items", ofType(list.getActualTypeArguments()[0]));
      return schema;
    }
    Class<?> simple = (Class<?>) type;
    if (simple.isRecord()) {
      return ofRecord(simple);
    }
    if (simple.isEnum()) {
      ArrayNode constants = schema.putArray("enum");
      Arrays.stream(simple.getEnumConstants())
          .forEach(c -> constants.add(((Enum<?>) c).name().toLowerCase(Locale.ROOT)));
      return schema;
    }
    if (simple == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    }
    String word = SIMPLE.get(simple);
    if (word == null) {
      throw new IllegalArgumentException("no schema is known of " + type);
    }
    return schema.put("type", word);
  }
}
