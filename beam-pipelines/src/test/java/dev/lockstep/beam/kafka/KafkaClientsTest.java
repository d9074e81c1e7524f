package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

/** How the stream's producers are set up. */
class KafkaClientsTest {
  /** A client's few tries are over before a broker that restarts leads its partitions again. */
  @Test
  void producersTryForMinutesAndInOrder() {
    Map<String, Object> settings = KafkaClients.patient(Map.of("retries", 3, "linger.ms", 1));
    assertEquals(Integer.MAX_VALUE, settings.get("retries"));
    assertEquals(300_000, settings.get("delivery.timeout.ms"));
    assertEquals(300_000, settings.get("max.block.ms"));
    assertEquals(true, settings.get("enable.idempotence"));
    assertEquals("all", settings.get("acks"));
    assertEquals(1, settings.get("linger.ms"));
  }

  @Test
  void aKeyGoesWhereKafkaWouldSendItAtFirst() {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      byte[] key = ("request" + i).getBytes(StandardCharsets.UTF_8);
      assertEquals(BuiltInPartitioner.partitionForKey(key, 3), FrozenPartitions.of(key, 3));
      seen.add(FrozenPartitions.of(key, 3));
    }
    assertEquals(Set.of(0, 1, 2), seen);
  }
}
