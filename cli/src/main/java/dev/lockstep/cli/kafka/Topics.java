package dev.lockstep.cli.kafka;

import dev.lockstep.beam.kafka.KafkaClients;
import dev.lockstep.cli.process.ParentWatch;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;

/** The topics of a broker: checked, made, counted. */
public final class Topics {
  /** Records of long ago would be deleted within minutes by the usual retention. */
  private static final Map<String, String> KEEP = Map.of("retention.ms", "-1");

  private static final Map<String, String> KEEP_APPEND_TIME =
      Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");

  private static final Map<String, String> STATUS =
      Map.of(
          "retention.ms", "3600000",
          "segment.ms", "600000",
          "message.timestamp.type", "LogAppendTime");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Embedded servers are there, but may share few cores with much else that starts. */
  private static final Duration CHILD_PATIENCE = Duration.ofSeconds(60);

  private static final long SHORT_PAUSE_NANOS = 20_000_000L;

  private final String bootstrapServers;

  public Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** The settings of a client of this broker, with the environment's credentials. */
  public Map<String, Object> clientSettings() {
    return KafkaClients.withEnvironment(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /**
   * Makes topics that aren't there, whose records keep their own timestamps and stay for ever.
   *
   * @throws CommandException if the broker doesn't answer within ten seconds, or refuses
   */
  public void makeMissing(List<String> names, int partitions) {
    make(names, partitions, KEEP);
  }

  /** As {@link #makeMissing}, of topics whose records carry the time of their append. */
  public void makeMissingWithAppendTime(List<String> names, int partitions) {
    make(names, partitions, KEEP_APPEND_TIME);
  }

  /** Makes a topic of signs of life, if it isn't there: of one partition, kept for an hour. */
  public void makeStatus(String name) {
    make(List.of(name), 1, STATUS);
  }

  /**
   * The number of partitions of each topic.
   *
   * @throws CommandException if a topic is missing or the broker doesn't answer
   */
  public Map<String, Integer> partitions(List<String> names) {
    return withAdmin(
        admin -> {
          Set<String> existing = admin.listTopics().names().get();
          List<String> missing = names.stream().filter(n -> !existing.contains(n)).toList();
          if (!missing.isEmpty()) {
            throw new CommandException(
                FailureKind.INFRASTRUCTURE,
                "Kafka at " + bootstrapServers + " has no topics " + missing,
                "start the stream first (./lockstep stream), which makes them");
          }
          Map<String, Integer> counts = new HashMap<>();
          Map<String, TopicDescription> described =
              admin.describeTopics(names).allTopicNames().get();
          described.forEach((name, topic) -> counts.put(name, topic.partitions().size()));
          return counts;
        });
  }

  /**
   * Those of some topics that aren't there.
   *
   * @throws CommandException if the broker doesn't answer
   */
  public List<String> missing(List<String> names) {
    return withAdmin(
        admin -> {
          Set<String> existing = admin.listTopics().names().get();
          return names.stream().filter(n -> !existing.contains(n)).toList();
        });
  }

  /**
   * What the broker is, and which topics it has.
   *
   * @param names topics whose partitions are counted, where they are there
   * @throws CommandException if the broker doesn't answer
   */
  public SeenBroker seen(List<String> names) {
    return withAdmin(
        admin -> {
          String cluster = admin.describeCluster().clusterId().get();
          Map<String, String> ids = new TreeMap<>();
          for (TopicListing topic : admin.listTopics().listings().get()) {
            ids.put(topic.name(), topic.topicId().toString());
          }
          List<String> there = names.stream().filter(ids::containsKey).toList();
          return new SeenBroker(cluster, ids, counted(admin, there));
        });
  }

  /** The number of records in each topic, as far as none were deleted. */
  public Map<String, Long> recordCounts(List<String> names) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    allPartitions(names).forEach(p -> ends.put(p, OffsetSpec.latest()));
    return withAdmin(
        admin -> {
          Map<String, Long> counts = new HashMap<>();
          admin
              .listOffsets(ends)
              .all()
              .get()
              .forEach((p, end) -> counts.merge(p.topic(), end.offset(), Long::sum));
          return counts;
        });
  }

  /**
   * The offsets of a partition.
   *
   * @param first of the oldest record that is still there
   * @param end of the record that comes next
   */
  public record Offsets(long first, long end) {}

  /**
   * Who stamps the records of topics.
   *
   * @throws CommandException if the broker doesn't answer
   */
  public Map<String, TopicStamps> stamps(List<String> names) {
    return withAdmin(
        admin -> {
          Map<String, TopicStamps> stamps = new HashMap<>();
          Map<String, TopicDescription> described =
              admin.describeTopics(names).allTopicNames().get();
          List<ConfigResource> topics =
              names.stream().map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n)).toList();
          for (var topic : admin.describeConfigs(topics).all().get().entrySet()) {
            String name = topic.getKey().name();
            ConfigEntry type = topic.getValue().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
            int replicas =
                Objects.requireNonNull(described.get(name)).partitions().stream()
                    .mapToInt(p -> p.replicas().size())
                    .max()
                    .orElse(1);
            stamps.put(
                name,
                new TopicStamps(
                    type != null && TimestampType.LOG_APPEND_TIME.name.equals(type.value()),
                    replicas));
          }
          return stamps;
        });
  }

  /**
   * Those of some topics that are compacted: of the records of one key only the last one stays.
   *
   * @throws CommandException if the broker doesn't answer
   */
  public List<String> compacted(List<String> names) {
    return withAdmin(
        admin -> {
          List<String> compacted = new ArrayList<>();
          List<ConfigResource> topics =
              names.stream().map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n)).toList();
          for (var topic : admin.describeConfigs(topics).all().get().entrySet()) {
            ConfigEntry policy = topic.getValue().get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
              compacted.add(topic.getKey().name());
            }
          }
          compacted.sort(null);
          return compacted;
        });
  }

  /** The offsets of each partition of topics. */
  public Map<String, Map<Integer, Offsets>> offsets(List<String> names) {
    return offsets(names, new ListOffsetsOptions());
  }

  /** The same, with ends before the first open transaction: what can be read for sure. */
  public Map<String, Map<Integer, Offsets>> committedOffsets(List<String> names) {
    return offsets(names, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
  }

  private Map<String, Map<Integer, Offsets>> offsets(
      List<String> names, ListOffsetsOptions options) {
    Map<TopicPartition, OffsetSpec> firsts = new HashMap<>();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicPartition partition : allPartitions(names)) {
      firsts.put(partition, OffsetSpec.earliest());
      ends.put(partition, OffsetSpec.latest());
    }
    return withAdmin(
        admin -> {
          var first = admin.listOffsets(firsts, options).all().get();
          var end = admin.listOffsets(ends, options).all().get();
          Map<String, Map<Integer, Offsets>> offsets = new HashMap<>();
          first.forEach(
              (p, o) ->
                  offsets
                      .computeIfAbsent(p.topic(), t -> new HashMap<>())
                      .put(
                          p.partition(),
                          new Offsets(o.offset(), Objects.requireNonNull(end.get(p)).offset())));
          return offsets;
        });
  }

  private List<TopicPartition> allPartitions(List<String> names) {
    List<TopicPartition> all = new ArrayList<>();
    partitions(names)
        .forEach(
            (name, count) -> {
              for (int p = 0; p < count; p++) {
                all.add(new TopicPartition(name, p));
              }
            });
    return all;
  }

  private void make(List<String> names, int partitions, Map<String, String> settings) {
    withAdmin(
        admin -> {
          Set<String> existing = admin.listTopics().names().get();
          List<KafkaFuture<Void>> made = new ArrayList<>();
          for (String name : names) {
            if (!existing.contains(name)) {
              NewTopic topic =
                  new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
              made.add(admin.createTopics(List.of(topic)).all());
            }
          }
          for (KafkaFuture<Void> topic : made) {
            awaitMade(topic);
          }
          awaitShown(admin, names);
          return made.size();
        });
  }

  /** A topic that was made a moment ago may not be known yet to the broker that is asked. */
  private void awaitShown(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!counted(admin, names).keySet().containsAll(names)) {
      if (System.nanoTime() > deadline) {
        throw new CommandException(
            FailureKind.INFRASTRUCTURE,
            "Kafka at " + bootstrapServers + " has made topics and doesn't show all of " + names,
            "look at the broker's log, and start again");
      }
      LockSupport.parkNanos(SHORT_PAUSE_NANOS);
    }
  }

  /** How many partitions those topics have that the broker knows. */
  private static Map<String, Integer> counted(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    Map<String, Integer> partitions = new TreeMap<>();
    for (var topic : admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        partitions.put(topic.getKey(), topic.getValue().get().partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return partitions;
  }

  private static void awaitMade(KafkaFuture<Void> topic)
      throws ExecutionException, InterruptedException {
    try {
      topic.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /** A task on an admin client. */
  private interface Task<T> {
    T run(Admin admin) throws ExecutionException, InterruptedException;
  }

  private <T> T withAdmin(Task<T> task) {
    Map<String, Object> settings = new HashMap<>(clientSettings());
    int patience = Math.toIntExact((ParentWatch.isChild() ? CHILD_PATIENCE : PATIENCE).toMillis());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / 2);
    try (Admin admin = Admin.create(settings)) {
      return task.run(admin);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private CommandException unavailable(Throwable reason) {
    return new CommandException(
        FailureKind.INFRASTRUCTURE,
        "Kafka at " + bootstrapServers + " can't be used: " + reason.getMessage(),
        "start it or correct --kafka (LOCKSTEP_KAFKA); credentials and TLS go into the file that"
            + " LOCKSTEP_KAFKA_CONFIG names; leave --kafka out for an embedded broker");
  }
}
