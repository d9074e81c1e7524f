package dev.lockstep.serving.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka is. Credentials, TLS and tuning come from the properties file that {@value
 * #CONFIG_FILE} names; it is read when a client is made, kept nowhere and never printed.
 */
public final class KafkaConnection {
  /** The environment variable that names a file of Kafka client settings. */
  public static final String CONFIG_FILE = "LOCKSTEP_KAFKA_CONFIG";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

  private final String bootstrapServers;
  private final Map<String, String> environment;

  /**
   * @param bootstrapServers {@code host:port}, several separated by commas
   */
  public KafkaConnection(String bootstrapServers) {
    this(bootstrapServers, System.getenv());
  }

  KafkaConnection(String bootstrapServers, Map<String, String> environment) {
    this.bootstrapServers = bootstrapServers;
    this.environment = environment;
  }

  /**
   * The topics of those names.
   *
   * @throws KafkaUnavailableException if the broker doesn't answer within ten seconds or a topic is
   *     missing; the message names the cure
   */
  public Map<String, TopicDescription> topics(Collection<String> names) {
    return admin(
        admin -> {
          Set<String> missing = new TreeSet<>(names);
          missing.removeAll(get(admin.listTopics().names()));
          if (!missing.isEmpty()) {
            throw new KafkaUnavailableException(
                "Kafka at "
                    + this
                    + " has no topic "
                    + missing
                    + ". Create it, or start the"
                    + " process that writes it first.",
                null);
          }
          return get(admin.describeTopics(names).allTopicNames());
        });
  }

  /**
   * Makes topics that aren't there, with the broker's own replication and retention, and returns
   * when all of them take records.
   *
   * @throws KafkaUnavailableException if the broker doesn't answer within ten seconds or refuses
   */
  public void createMissing(Collection<String> names, int partitions) {
    admin(
        admin -> {
          Set<String> missing = new TreeSet<>(names);
          missing.removeAll(get(admin.listTopics().names()));
          Set<String> made = new TreeSet<>();
          Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
          for (String name : missing) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
            try {
              get(admin.createTopics(Set.of(topic)).all());
              made.add(name);
              for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
              }
            } catch (ExecutionException e) {
              if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
              }
            }
          }
          awaitLeaders(admin, made, ends);
          return ends.keySet();
        });
  }

  /**
   * Waits until new partitions tell their end, which only a leader with an open log does. A
   * producer that is faster loses: the broker refuses its first batch, takes the second, and then
   * holds the first for out of sequence for ever.
   *
   * <p>They are described first: asked for the end of a topic that the broker doesn't know yet, the
   * client logs an error with its trace; asked to describe it, it just fails.
   */
  private static void awaitLeaders(
      Admin admin, Set<String> topics, Map<TopicPartition, OffsetSpec> ends)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (haveLeaders(get(admin.describeTopics(topics).allTopicNames()).values())) {
          get(admin.listOffsets(ends).all());
          return;
        }
      } catch (ExecutionException e) {
        // The client tries other reasons again by itself, but takes this one for final.
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      if (System.nanoTime() - deadline > 0) {
        throw new ExecutionException(new TimeoutException("no leaders yet of " + topics));
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private static boolean haveLeaders(Collection<TopicDescription> topics) {
    return topics.stream()
        .flatMap(t -> t.partitions().stream())
        .allMatch(p -> p.leader() != null && !p.leader().isEmpty());
  }

  /** A consumer of bytes that commits nothing by itself and is given records at once. */
  public KafkaConsumer<byte[], byte[]> consumer(@Nullable String group) {
    Map<String, Object> settings = settings();
    settings.put("enable.auto.commit", "false");
    settings.putIfAbsent("fetch.min.bytes", "1");
    settings.putIfAbsent("max.poll.records", "2000");
    // A process that has never committed begins at the topic's begin.
    settings.put("auto.offset.reset", group == null ? "none" : "earliest");
    if (group != null) {
      settings.put("group.id", group);
    }
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer of bytes that sends at once and fails for good after thirty seconds. */
  KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = settings();
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.putIfAbsent("linger.ms", "0");
    settings.putIfAbsent("max.block.ms", "15000");
    settings.putIfAbsent("delivery.timeout.ms", "30000");
    settings.putIfAbsent("request.timeout.ms", "15000");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A task on an admin client. */
  private interface AdminTask<T> {
    T run(Admin admin) throws ExecutionException, InterruptedException;
  }

  private <T> T admin(AdminTask<T> task) {
    Map<String, Object> settings = settings();
    settings.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
    settings.put("request.timeout.ms", Long.toString(PATIENCE.toMillis() / 2));
    try (Admin admin = Admin.create(settings)) {
      return task.run(admin);
    } catch (ExecutionException | KafkaException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnavailableException("Interrupted while asking Kafka at " + this, e);
    }
  }

  private KafkaUnavailableException unreachable(Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new KafkaUnavailableException(
        "Kafka at "
            + this
            + " doesn't answer within "
            + PATIENCE.toSeconds()
            + " s: "
            + cause.getMessage()
            + ". Start it, give the address of one that runs, or put its credentials into the file"
            + " that "
            + CONFIG_FILE
            + " names.",
        failure);
  }

  private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException {
    return future.get();
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    String file = environment.get(CONFIG_FILE);
    if (file != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(Path.of(file))) {
        properties.load(reader);
      } catch (IOException e) {
        throw new KafkaUnavailableException(
            "The file " + file + " that " + CONFIG_FILE + " names can't be read: " + e, e);
      }
      properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    }
    settings.put("bootstrap.servers", bootstrapServers);
    return settings;
  }

  /** The bootstrap servers. */
  @Override
  public String toString() {
    return bootstrapServers;
  }
}
