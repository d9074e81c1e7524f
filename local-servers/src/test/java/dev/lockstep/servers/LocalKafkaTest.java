package dev.lockstep.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {

  private static final Instant LONG_AGO = Instant.parse("2001-09-09T01:46:40Z");
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path data;

  @Test
  void keepsRecordsOf2001AlsoWhenStartedAgain() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(data)) {
      createTopic(kafka, "events");
      assertEquals("-1", topicSetting(kafka, "events", "retention.ms"));
      send(kafka, "events", "first", LONG_AGO);
      ConsumerRecord<String, String> read = readAll(kafka, "events", 1).get(0);
      assertEquals("first", read.value());
      assertEquals(LONG_AGO.toEpochMilli(), read.timestamp());
    }
    try (LocalKafka kafka = LocalKafka.start(data)) {
      send(kafka, "events", "second", LONG_AGO.plusSeconds(1));
      List<ConsumerRecord<String, String>> read = readAll(kafka, "events", 2);
      assertEquals(List.of("first", "second"), read.stream().map(ConsumerRecord::value).toList());
    }
  }

  @Test
  void topicsAreNotMadeByUse() {
    try (LocalKafka kafka = LocalKafka.start(data)) {
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> send(kafka, "absent", "value", LONG_AGO));
      assertInstanceOf(TimeoutException.class, failure.getCause());
      assertTrue(failure.getMessage().contains("absent not present in metadata"));
    }
  }

  @Test
  void takesAnotherPortWhenTheFirstIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LoopbackPorts free = LoopbackPorts.free();
      int second = free.next();
      // Each attempt asks for the clients' port, then the controller's.
      Iterator<Integer> ports =
          List.of(taken.getLocalPort(), free.next(), second, free.next()).iterator();
      try (LocalKafka kafka = LocalKafka.start(data, ports::next)) {
        assertEquals("127.0.0.1:" + second, kafka.bootstrapServers());
        createTopic(kafka, "events");
      }
    }
  }

  @Test
  void refusesADirectoryThatABrokerHereUses() throws Exception {
    try (LocalKafka running = LocalKafka.start(data)) {
      assertRefusedAsInUse();
      createTopic(running, "events");
    }
    LocalKafka.start(data).close();
  }

  @Test
  void refusesADirectoryThatAnotherProcessHasLocked() throws Exception {
    Process holder = LockHolder.start(data.resolve(".lock"));
    try {
      assertRefusedAsInUse();
    } finally {
      holder.destroyForcibly().waitFor();
    }
    LocalKafka.start(data).close();
  }

  private void assertRefusedAsInUse() throws Exception {
    ServerStartException failure =
        assertThrows(ServerStartException.class, () -> LocalKafka.start(data).close());
    assertEquals(
        "Another Kafka broker runs on "
            + data.toRealPath()
            + "; stop it or give this one another directory",
        failure.getMessage());
  }

  private static void createTopic(LocalKafka kafka, String topic) throws Exception {
    try (Admin admin = admin(kafka)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static String topicSetting(LocalKafka kafka, String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = admin(kafka)) {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
  }

  private static Admin admin(LocalKafka kafka) {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private static void send(LocalKafka kafka, String topic, String value, Instant timestamp)
      throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 5_000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, 0, timestamp.toEpochMilli(), "key", value)).get();
    }
  }

  /** Reads with a new consumer group, so that the group's coordinator and topic are used too. */
  private static List<ConsumerRecord<String, String>> readAll(
      LocalKafka kafka, String topic, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            "group-of-" + count,
            "auto.offset.reset",
            "earliest");
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      long deadline = System.nanoTime() + DEADLINE.toNanos();
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      consumer.commitSync();
    }
    assertEquals(count, records.size(), "records read before the deadline");
    return records;
  }
}
