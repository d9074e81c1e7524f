package dev.lockstep.cli.against;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of one run's JSON by name, in its order; one inside another object is named {@code
 * outer.inner}. What is no number is left out.
 *
 * @param values never NaN
 */
record Figures(Map<String, Double> values) {
  Figures {
    values = new LinkedHashMap<>(values);
  }

  /**
   * Reads what a run wrote.
   *
   * @throws CommandException if it is no JSON object
   */
  static Figures read(Path file) throws IOException {
    try {
      return of(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          file + " isn't JSON: " + e.getOriginalMessage(),
          "run that kind by itself with --json, and see what it writes");
    }
  }

  static Figures of(String json) throws JsonProcessingException {
    Map<String, Double> values = new LinkedHashMap<>();
    collect("", new ObjectMapper().readTree(json), values);
    return new Figures(values);
  }

  private static void collect(String prefix, JsonNode node, Map<String, Double> values) {
    node.fields()
        .forEachRemaining(
            field -> {
              String name = prefix + field.getKey();
              if (field.getValue().isNumber()) {
                values.put(name, field.getValue().doubleValue());
              } else {
                collect(name + ".", field.getValue(), values);
              }
            });
  }
}
