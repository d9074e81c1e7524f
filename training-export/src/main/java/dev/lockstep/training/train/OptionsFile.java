package dev.lockstep.training.train;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.training.TrainingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * A file of training options: {@code key=value} in a {@code .properties} file in UTF-8, or one
 * object in a {@code .json} file, in which lists and {@code monotone} may be an array or an object.
 */
public final class OptionsFile {
  private static final long MOST_BYTES = 1 << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private OptionsFile() {}

  /**
   * The texts by key, unchecked but for their form.
   *
   * @throws TrainingException if the file isn't there, or is no such file
   * @throws IOException if it can't be read
   */
  public static Map<String, String> read(Path file) throws IOException {
    String name = file.toString();
    if (!name.endsWith(".properties") && !name.endsWith(".json")) {
      throw new TrainingException(
          file + " is of a kind that isn't known", "give a .properties or a .json file");
    }
    String text;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new TrainingException(
            file + " has more than " + MOST_BYTES + " bytes", "give a file of options alone");
      }
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new TrainingException("there is no file " + file, "give the path of one that is there");
    } catch (CharacterCodingException e) {
      throw new TrainingException(file + " is not text in UTF-8", "save it in UTF-8");
    }
    return name.endsWith(".json") ? json(file, text) : properties(file, text);
  }

  private static Map<String, String> properties(Path file, String text) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new TrainingException(
          file + " is no properties file: " + e.getMessage(), "write lines of key=value");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      settings.put(key, properties.getProperty(key));
    }
    return settings;
  }

  private static Map<String, String> json(Path file, String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new TrainingException(
          file + " is no JSON: " + e.getOriginalMessage(), "write one object of keys and values");
    }
    if (!root.isObject()) {
      throw new TrainingException(
          file + " holds no JSON object", "write one object of keys and values");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    root.fields().forEachRemaining(f -> settings.put(f.getKey(), text(f.getValue())));
    return settings;
  }

  private static String text(JsonNode value) {
    List<String> parts = new ArrayList<>();
    if (value.isObject()) {
      value.fields().forEachRemaining(f -> parts.add(f.getKey() + "=" + f.getValue().asText()));
      return String.join(",", parts);
    }
    if (value.isArray()) {
      value.forEach(v -> parts.add(v.asText()));
      return String.join(",", parts);
    }
    return value.asText();
  }
}
