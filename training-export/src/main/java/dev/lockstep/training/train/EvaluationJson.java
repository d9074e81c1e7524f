package dev.lockstep.training.train;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.lockstep.training.TrainingException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * An evaluation report's JSON: its records as objects, names in snake case, instants in ISO 8601.
 *
 * <pre>
 * {"format": 2,
 *  "training": {"from": "2001-01-01T00:00:00Z", ..., "importances": [{"name", "gain", ...}]},
 *  "test": {"quality": {"auc", "log_loss", ...}, "curves": {"roc": [{"x", "y", "threshold"}]}, ...},
 *  "comparison": null or {"other", "notes", "figures"}}
 * </pre>
 */
final class EvaluationJson {
  private static final int FORMAT = 2;
  private static final String FORMAT_KEY = "format";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // What follows from the components isn't written: a record's isX is no component.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()))
          .build();

  private EvaluationJson() {}

  static String write(EvaluationReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put(FORMAT_KEY, FORMAT);
    root.setAll((ObjectNode) JSON.valueToTree(report));
    return root.toPrettyString() + "\n";
  }

  static EvaluationReport read(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!(root instanceof ObjectNode object) || object.path(FORMAT_KEY).asInt() != FORMAT) {
        throw new TrainingException(
            "the evaluation is not of format " + FORMAT, "train the model again");
      }
      object.remove(FORMAT_KEY);
      return JSON.treeToValue(object, EvaluationReport.class);
    } catch (JsonProcessingException e) {
      throw new TrainingException(
          "the evaluation can't be read: " + e.getOriginalMessage(), "train the model again");
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        return (Instant) context.handleWeirdStringValue(Instant.class, text, "no instant");
      }
    }
  }
}
