package dev.lockstep.cli.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.replay.Card.Archived;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.time.Micros;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive on its way into a real broker: where its records were they are again (C1). */
class ReplayerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Instant NOON = Instant.parse("2001-02-03T12:00:00Z");

  @TempDir Path folder;

  @Test
  void recordsKeepTheirPartitionsStampsAndOrder() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Card.SET);
    Path file = folder.resolve("archive.parquet");
    List<String> expected = new ArrayList<>();
    try (RecordParquetWriter<Archived> writer = RecordParquetWriter.open(Archived.class, file)) {
      for (int i = 299; i >= 0; i--) {
        Instant stamp = NOON.plusMillis(i / 10);
        writer.write(
            new Archived("p" + i, "c", 1.0, NOON, "n", 1, 1, stamp, i % 3, (long) (i / 3)));
      }
      for (int i = 0; i < 300; i++) {
        expected.add(i % 3 + "/p" + i + "@" + NOON.plusMillis(i / 10).toEpochMilli());
      }
    }
    History history = new History(Map.of("pays", List.of(file)), NOON, NOON, NOON);
    ReplayLog log =
        ReplayLog.read(
            new ReplaySource(plan, history, StreamTopics.of("", plan), folder.resolve("r"), 9_000),
            new ReplayLog.Stretch(Micros.of(NOON), Long.MAX_VALUE, 0),
            new LeftOut());
    assertTrue(log.runsWritten() > 3);
    assertEquals(3, log.partitions("pays"));
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"))) {
      Topics topics = new Topics(kafka.bootstrapServers());
      topics.makeMissing(List.of("pays"), 3);
      try (ReplayCursor events = log.open();
          Replayer replayer =
              new Replayer(
                  topics.clientSettings(),
                  Map.of("pays", 3),
                  Set.of("pays"),
                  InstantSource.system())) {
        assertEquals(
            200, replayer.send(events, 195, 300, 0, sent -> {}, () -> false), "the burst's end");
        assertEquals(100, replayer.send(events, 300, 300, 0, sent -> {}, () -> false));
      }
      expected.sort(null);
      List<String> sent = sent(kafka);
      sent.sort(null);
      assertEquals(expected, sent);
    }
  }

  /** All events; that none is behind a clock record of its partition is looked at. */
  private static List<String> sent(LocalKafka kafka) {
    List<String> sent = new ArrayList<>();
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(
              new TopicPartition("pays", 0),
              new TopicPartition("pays", 1),
              new TopicPartition("pays", 2));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long[] clocks = new long[3];
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (sent.size() < 300 && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(200))) {
          if (r.headers().lastHeader(RecordHeaders.CLOCK) != null) {
            clocks[r.partition()] = r.timestamp();
          } else {
            assertTrue(r.timestamp() >= clocks[r.partition()], "behind the clock");
            sent.add(
                r.partition()
                    + "/"
                    + new String(r.key(), StandardCharsets.UTF_8)
                    + "@"
                    + r.timestamp());
          }
        }
      }
    }
    return sent;
  }
}
