package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.junit.jupiter.api.Test;

/** How the stream's producers are set up. */
class KafkaClientsTest {
  /** KafkaIO's three tries are over before a broker that restarts leads its partitions again. */
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
    try (FrozenPartitions partitions = new FrozenPartitions()) {
      partitions.configure(Map.of(FrozenPartitions.COUNT, 3));
      Cluster grown = new Cluster("c", List.of(), List.of(), Set.of(), Set.of());
      Set<Integer> seen = new HashSet<>();
      for (int i = 0; i < 100; i++) {
        byte[] key = ("request" + i).getBytes(StandardCharsets.UTF_8);
        int to = partitions.partition("t.vectors", key, key, key, key, grown);
        assertEquals(BuiltInPartitioner.partitionForKey(key, 3), to);
        seen.add(to);
      }
      assertTrue(seen.equals(Set.of(0, 1, 2)), seen.toString());
    }
  }
}
