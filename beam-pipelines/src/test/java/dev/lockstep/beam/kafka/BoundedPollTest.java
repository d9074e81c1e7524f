package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.servers.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer hands out so much at once, and nothing twice or never. */
class BoundedPollTest {
  private static final int RECORDS = 200;
  private static final int MOST = 100_000;

  @TempDir Path folder;

  @Test
  void aBatchThatUnpacksToMuchIsHandedOutInParts() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"))) {
      TopicPartition partition = new TopicPartition("blanks", 0);
      send(kafka, partition);
      BoundedPoll values = new BoundedPoll(MOST);
      List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
      try (var consumer =
          new KafkaConsumer<byte[], byte[]>(
              Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.poll.records", 5_000),
              new ByteArrayDeserializer(),
              values)) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        for (int polls = 0; read.size() < RECORDS && polls < 2 * RECORDS; polls++) {
          values.begin();
          ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(10));
          long bytes = 0;
          long largest = 0;
          for (ConsumerRecord<byte[], byte[]> record : polled) {
            long length = record.value() == null ? 0 : record.value().length;
            bytes += length;
            largest = Math.max(largest, length);
            read.add(record);
          }
          assertTrue(bytes <= MOST || bytes == largest, bytes + " in " + polled.count());
          assertEquals(read.size(), consumer.position(partition));
        }
      }
      for (int i = 0; i < RECORDS; i++) {
        assertEquals(i, read.get(i).offset());
        assertArrayEquals(value(i), read.get(i).value());
      }
    }
  }

  /** Most are 10 kB, some larger than a poll may be, some nothing. */
  private static byte[] value(int i) {
    return i % 50 == 7 ? new byte[3 * MOST] : i % 50 == 8 ? null : new byte[10_000];
  }

  private static void send(LocalKafka kafka, TopicPartition to) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(to.topic(), Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    settings.put("compression.type", "gzip");
    settings.put("linger.ms", 200);
    settings.put("batch.size", 1 << 20);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        var unused =
            producer.send(new ProducerRecord<>(to.topic(), to.partition(), null, value(i)));
      }
    }
  }
}
