package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.servers.LocalKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics read to an end: transactions, their markers, an open one, and what was deleted. */
class LogReaderTest {
  private static final long NOON = 981_201_600_000L;

  @TempDir static Path folder;

  private static LocalKafka kafka;
  private static Map<String, Object> client;

  @BeforeAll
  static void start() {
    kafka = LocalKafka.start(folder);
    client = Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void whatWasCommittedIsReadPastItsMarkers() throws Exception {
    make("transactions");
    try (var plain = producer(Map.of());
        var one = producer(Map.of("transactional.id", "one"));
        var other = producer(Map.of("transactional.id", "other"));
        LogReader reader = new LogReader(kafka.bootstrapServers())) {
      one.initTransactions();
      one.beginTransaction();
      send(one, "transactions", 1);
      one.commitTransaction();
      one.beginTransaction();
      send(one, "transactions", 2);
      one.abortTransaction();
      LogRange all = awaitEnd(reader, 4, "two records and two markers");
      assertEquals(List.of(1L), read(reader, all));
      other.initTransactions();
      other.beginTransaction();
      send(other, "transactions", 3);
      send(plain, "transactions", 4);
      assertEquals(4, reader.now("transactions", 0).end(), "up to what is open");
      other.commitTransaction();
      LogRange whole = awaitEnd(reader, 7, "three more records, one of them a marker");
      assertEquals(List.of(1L, 3L, 4L), read(reader, whole));
    }
  }

  @Test
  void whatIsGoneIsSaid() throws Exception {
    make("deleted");
    try (var plain = producer(Map.of());
        Admin admin = Admin.create(client);
        LogReader reader = new LogReader(kafka.bootstrapServers())) {
      for (int i = 0; i < 5; i++) {
        send(plain, "deleted", i);
      }
      LogRange before = reader.now("deleted", 0);
      admin
          .deleteRecords(Map.of(new TopicPartition("deleted", 0), RecordsToDelete.beforeOffset(3)))
          .all()
          .get();
      LogUnreadableException gone =
          assertThrows(LogUnreadableException.class, () -> read(reader, before));
      assertTrue(String.valueOf(gone.getMessage()).contains("deleted while they were read"));
      LogRange left = reader.now("deleted", 0);
      assertTrue(left.isTruncated());
      assertEquals(NOON + 3, reader.firstTimestamp(left).orElseThrow());
      assertEquals(List.of(3L, 4L), read(reader, left));
      assertTrue(reader.firstTimestamp(new LogRange("deleted", 0, 5, 5)).isEmpty());
    }
  }

  private static void make(String topic) throws Exception {
    try (Admin admin = Admin.create(client)) {
      NewTopic made = new NewTopic(topic, Optional.of(1), Optional.empty());
      admin.createTopics(List.of(made.configs(Map.of("retention.ms", "-1")))).all().get();
    }
  }

  /** A transaction has ended for its producer before the broker writes its marker. */
  private static LogRange awaitEnd(LogReader reader, long end, String what) throws Exception {
    LogRange now = reader.now("transactions", 0);
    for (int tries = 0; now.end() != end && tries < 600; tries++) {
      Thread.sleep(50);
      now = reader.now("transactions", 0);
    }
    assertEquals(end, now.end(), what);
    return now;
  }

  private static List<Long> read(LogReader reader, LogRange range) {
    List<Long> read = new ArrayList<>();
    reader.read(range, record -> read.add(record.timestamp() - NOON));
    return read;
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, long number)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, 0, NOON + number, new byte[0], new byte[1])).get();
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
