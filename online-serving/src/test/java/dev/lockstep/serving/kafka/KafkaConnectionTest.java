package dev.lockstep.serving.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.servers.LocalKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConnectionTest {
  @TempDir Path folder;

  @Test
  void aBrokerThatIsNotThereIsNamedWithACure() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    KafkaConnection nowhere = new KafkaConnection("127.0.0.1:" + port, Map.of());
    KafkaUnavailableException e =
        assertThrows(KafkaUnavailableException.class, () -> nowhere.topics(List.of("scores")));
    assertTrue(
        e.getMessage().startsWith("Kafka at 127.0.0.1:" + port + " doesn't answer within 10 s: "),
        e::getMessage);
    assertTrue(e.getMessage().contains("Start it, give the address of one"), e::getMessage);
  }

  @Test
  void anAddressWithoutAPortIsRefused() {
    KafkaConnection bad = new KafkaConnection("nowhere", Map.of());
    KafkaUnavailableException e =
        assertThrows(KafkaUnavailableException.class, () -> bad.topics(List.of("scores")));
    assertTrue(e.getMessage().contains("bootstrap.servers: nowhere"), e::getMessage);
  }

  @Test
  void aMissingTopicIsNamedAndMissingOnesCanBeMade() {
    try (LocalKafka broker = LocalKafka.start(folder.resolve("kafka"))) {
      KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), Map.of());
      kafka.createMissing(List.of("there"), 3);
      kafka.createMissing(List.of("there"), 5);
      assertEquals(3, kafka.topics(List.of("there")).get("there").partitions().size());
      KafkaUnavailableException e =
          assertThrows(
              KafkaUnavailableException.class, () -> kafka.topics(List.of("there", "absent")));
      assertTrue(e.getMessage().contains("has no topic [absent]. Create it"), e::getMessage);
    }
  }

  /** A client logs as an error, with its trace, that a broker doesn't know a new topic yet. */
  @Test
  void makingTopicsLogsNothing() {
    try (LocalKafka broker = LocalKafka.start(folder.resolve("kafka"))) {
      KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), Map.of());
      PrintStream err = System.err;
      ByteArrayOutputStream logged = new ByteArrayOutputStream();
      System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
      try {
        // A broker that opens the logs of one topic doesn't know the next one yet.
        for (int round = 0; round < 3; round++) {
          kafka.createMissing(List.of("vectors" + round, "scores" + round), 60);
        }
      } finally {
        System.setErr(err);
      }
      String log = logged.toString(StandardCharsets.UTF_8);
      assertFalse(log.contains("Exception"), log);
    }
  }

  @Test
  void settingsComeFromTheFileThatTheEnvironmentNames() throws IOException {
    Path file = folder.resolve("client.properties");
    KafkaConnection kafka =
        new KafkaConnection("127.0.0.1:1", Map.of(KafkaConnection.CONFIG_FILE, file.toString()));
    KafkaUnavailableException missing =
        assertThrows(KafkaUnavailableException.class, () -> kafka.consumer("group"));
    assertTrue(missing.getMessage().contains(file + " that LOCKSTEP_KAFKA_CONFIG names"));
    Files.writeString(file, "security.protocol=NONSENSE\nsasl.jaas.config=s3cret\n");
    Exception refused = assertThrows(Exception.class, () -> kafka.consumer("group"));
    assertTrue(("" + refused.getCause() + refused).contains("NONSENSE"), refused::toString);
    assertEquals("127.0.0.1:1", kafka.toString());
  }
}
