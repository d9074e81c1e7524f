package dev.lockstep.beam.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Makes Kafka clients where they run: TLS and credentials come from the properties file that the
 * environment names there, so that they are neither in the job's options nor in its graph.
 */
public final class KafkaClients {
  /** Names a properties file with the clients' security settings. */
  public static final String CONFIG_VARIABLE = "LOCKSTEP_KAFKA_CONFIG";

  private KafkaClients() {}

  /** The settings with those of the environment's file on top. */
  public static Map<String, Object> withEnvironment(Map<String, Object> settings) {
    String file = System.getenv(CONFIG_VARIABLE);
    if (file == null || file.isEmpty()) {
      return settings;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(
          CONFIG_VARIABLE + " names " + file + ", which can't be read: " + e.getMessage(), e);
    }
    Map<String, Object> all = new HashMap<>(settings);
    properties.forEach((key, value) -> all.put(String.valueOf(key), value));
    return all;
  }
}
