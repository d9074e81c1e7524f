package dev.lockstep.beam.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Makes Kafka clients where they run: TLS and credentials come from the properties file that the
 * environment names there, so that they are neither in the job's options nor in its graph.
 */
public final class KafkaClients {
  /** Names a properties file with the clients' security settings. */
  public static final String CONFIG_VARIABLE = "LOCKSTEP_KAFKA_CONFIG";

  /** How long a producer tries again. */
  private static final int PATIENCE_MILLIS = 300_000;

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

  /**
   * A producer's settings with those under which it tries again for minutes, so that a broker may
   * be away for so long without a failure of the job; and in order, each record once (KIP-98).
   */
  static Map<String, Object> patient(Map<String, Object> given) {
    Map<String, Object> settings = new HashMap<>(given);
    settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return withEnvironment(settings);
  }
}
