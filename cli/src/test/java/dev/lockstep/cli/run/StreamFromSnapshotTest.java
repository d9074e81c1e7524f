package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.LocalRunners;
import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Projects;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.examples.fraud.Account;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.examples.fraud.Swipe;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stream that goes on from a snapshot, on a real broker, Redis and Flink (C12): the topic holds
 * all events, the history is archived from its first part, and each is computed once. Killed, the
 * stream goes on from its checkpoint and loads nothing again.
 */
class StreamFromSnapshotTest {
  private static final long SEED = 77;
  private static final int PARTITIONS = 3;
  private static final String TOPIC = "swipes";

  /** A swipe as an archive keeps it. */
  record Archived(
      String id,
      long sequence,
      String card,
      String merchant,
      double amount,
      Instant at,
      Instant receivedAt,
      Instant kafka_timestamp,
      int kafka_partition,
      long kafka_offset) {}

  @TempDir Path folder;

  private FeaturePlan plan = FeaturePlan.of(FraudFeatures.FRAUD);
  private long cutMicros;
  private List<RecordedEvent> archived = List.of();
  private List<RecordedEvent> following = List.of();
  private List<OracleVector> expected = List.of();

  private void events(Emission emission) throws Exception {
    FeatureSet<Swipe> set = FraudFeatures.FRAUD.emittingInstead(emission);
    plan = FeaturePlan.of(set);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<RecordedEvent> all = NastyEvents.onKafka(plan, SEED).records(700);
    cutMicros = all.get(400).recordTimestampMicros();
    List<RecordedEvent> swipes = all.stream().filter(r -> r.value() instanceof Swipe).toList();
    archived = swipes.stream().filter(r -> r.recordTimestampMicros() < cutMicros).toList();
    following = swipes.stream().filter(r -> r.recordTimestampMicros() >= cutMicros).toList();
    List<RecordedEvent> accounts = new ArrayList<>();
    for (RecordedEvent record : all) {
      if (record.value() instanceof Account) {
        accounts.add(record.at(RecordedEvent.NO_RECORD_TIMESTAMP, 0));
      }
    }
    List<RecordedEvent> everything = new ArrayList<>(swipes);
    everything.addAll(accounts);
    expected =
        oracle.vectors(oracle.admitted(everything)).stream()
            .filter(v -> v.request().availableAtMicros() >= cutMicros)
            .toList();
    Path swipesFile = folder.resolve("swipes.parquet");
    try (RecordParquetWriter<Archived> writer =
        RecordParquetWriter.open(Archived.class, swipesFile)) {
      for (RecordedEvent record : archived) {
        writer.write(archived(record));
      }
    }
    Path accountsFile = folder.resolve("accounts.parquet");
    try (RecordParquetWriter<Account> writer =
        RecordParquetWriter.open(Account.class, accountsFile)) {
      for (RecordedEvent record : accounts) {
        writer.write((Account) record.value());
      }
    }
    Backfill.of(
            set,
            null,
            Map.of("swipes", List.of(swipesFile), "accounts", List.of(accountsFile)),
            folder.resolve("days/date=2023-11-14"),
            BackfillOptions.all().shards(3).until(Micros.toInstant(cutMicros)).keepingState(null))
        .run(LocalRunners.direct(1));
  }

  private static Archived archived(RecordedEvent record) {
    Swipe s = (Swipe) record.value();
    return new Archived(
        s.id(),
        s.sequence(),
        s.card(),
        s.merchant(),
        s.amount(),
        s.at(),
        s.receivedAt(),
        Micros.toInstant(record.recordTimestampMicros()),
        KnowledgePosition.partitionOf(record.position()),
        KnowledgePosition.offsetOf(record.position()));
  }

  @ParameterizedTest
  @EnumSource(Emission.class)
  void eachEventIsComputedOnceAndKnowsAllBefore(Emission emission) throws Exception {
    events(emission);
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      int half = following.size() / 2;
      try (Admin admin = Admin.create(client);
          var producer = StreamProcess.producer(client)) {
        NewTopic topic =
            new NewTopic(TOPIC, Optional.of(PARTITIONS), Optional.empty())
                .configs(Map.of("retention.ms", "-1"));
        admin.createTopics(List.of(topic)).all().get();
        send(producer, archived);
        try (ChildJvm stream =
            ChildJvm.start(stream(kafka, redis, emission), folder.resolve("logs"))) {
          stream.awaitReady(StreamProcess.PATIENCE);
          send(producer, following.subList(0, half));
          StreamProcess.clock(
              producer, TOPIC, PARTITIONS, following.get(half).recordTimestampMicros() / 1_000);
          int enough = count(emission, expected.stream().filter(v -> isBefore(v, half)).toList());
          assertTrue(enough > 10, "too few vectors to prove anything: " + enough);
          read(client, emission, enough);
          StreamProcess.awaitCheckpointOfNow(folder.resolve("work"));
          ProcessHandle.of(stream.pid()).orElseThrow().destroyForcibly();
          stream.waitFor();
          assertEquals(
              Set.of("dev.lockstep.beam.kafka.TopicSource"),
              SavedClasses.ofNewest(folder.resolve("work")));
        }
        try (ChildJvm again =
            ChildJvm.start(stream(kafka, redis, emission), folder.resolve("again"))) {
          again.awaitReady(StreamProcess.PATIENCE);
          send(producer, following.subList(half, following.size()));
          StreamProcess.clock(producer, TOPIC, PARTITIONS, RecordHeaders.LAST_CLOCK_MILLIS);
          check(emission, read(client, emission, count(emission, expected)));
        }
      }
    }
  }

  @Test
  void refusesWhatDoesNotGoTogether() throws Exception {
    events(Emission.ORDERED);
    Path days = folder.resolve("days");
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      StreamRun run =
          new StreamRun(
              Definition.of(Projects.named("fraud"), Emission.ORDERED),
              new Addresses(kafka.bootstrapServers(), redis.uri()),
              JobOptions.local(1, Duration.ZERO),
              folder.resolve("work"));
      run.check(false, Duration.ZERO, false);
      assertRefused("swipes-0 ends at 0, before the snapshot's end at", run, days, null);
      assertRefused("--start-offsets says what a snapshot hasn't read", run, null, days);
      Path offsets = folder.resolve("offsets");
      Files.writeString(offsets, "swipes-0=much\n");
      assertRefused("has a line that is no offset: swipes-0=much", run, days, offsets);
      Files.writeString(offsets, "others-0=0\n");
      assertRefused("others-0 isn't an input of this stream", run, days, offsets);
      Files.writeString(offsets, "swipes-0=0\n");
      assertTrue(run.beginWith(days, offsets).orElseThrow().contains("cells written"));
      // Started again without saying so, it is the same job.
      assertTrue(run.beginWith(null, null).isPresent());
      // But not if the day was done again meanwhile.
      Path manifest = SnapshotFolder.found(days).manifest();
      String snapshot = Files.readString(manifest);
      Files.writeString(manifest, snapshot.replaceFirst("\"run\" : \"\\w+\"", "\"run\" : \"new\""));
      SnapshotException other =
          assertThrows(SnapshotException.class, () -> run.beginWith(null, null));
      assertTrue(other.getMessage().contains("run new wrote it, not "), other.getMessage());
      Files.writeString(manifest, snapshot);
      Path checkpoint = folder.resolve("work/checkpoints/job/chk-1");
      Files.createDirectories(checkpoint);
      Files.createFile(checkpoint.resolve("_metadata"));
      assertTrue(run.beginWith(days, null).isEmpty(), "loads nothing again");
      assertTrue(run.beginWith(days, offsets).isEmpty(), "the command may be repeated");
      Files.writeString(offsets, "swipes-0=1\n");
      assertRefused("and began at other offsets than those of", run, days, offsets);
      Files.delete(folder.resolve("work/snapshot.properties"));
      assertRefused("goes on from its checkpoint, and didn't begin", run, days, null);
    }
  }

  private static void assertRefused(
      String why, StreamRun run, @Nullable Path snapshot, @Nullable Path offsets) {
    CommandException refused =
        assertThrows(CommandException.class, () -> run.beginWith(snapshot, offsets));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }

  private void check(Emission emission, Map<String, FeatureVector> vectors) {
    Map<String, String> wanted = new TreeMap<>();
    for (OracleVector v : expected) {
      wanted.put(key(v.request().id(), v.request().availableAtMicros()), text(v.values()));
    }
    Map<String, String> got = new TreeMap<>();
    vectors.forEach((key, v) -> got.put(key, text(v.values())));
    if (emission == Emission.ORDERED) {
      assertEquals(wanted, got, "seed " + SEED);
    } else {
      // Which of several copies asked, and what was in flight, is the arrival's affair (C5).
      assertEquals(ids(wanted), ids(got), "seed " + SEED);
    }
  }

  private static TreeSet<String> ids(Map<String, ?> vectors) {
    TreeSet<String> ids = new TreeSet<>();
    vectors.keySet().forEach(key -> ids.add(key.substring(0, key.indexOf('@'))));
    return ids;
  }

  private static String key(String id, long availableAtMicros) {
    return id + "@" + availableAtMicros;
  }

  private static String text(Values values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(' ').append(values.get(i));
      if (!values.isNull(i)) {
        text.append('#').append(Long.toHexString(values.bits(i)));
      }
    }
    return text.toString();
  }

  /** How many vectors, or under {@code onArrival()} ids, are to be waited for. */
  private static int count(Emission emission, List<OracleVector> vectors) {
    return emission == Emission.ORDERED
        ? vectors.size()
        : (int) vectors.stream().map(v -> v.request().id()).distinct().count();
  }

  private boolean isBefore(OracleVector vector, int half) {
    long end = following.get(half).recordTimestampMicros();
    SourceRow request = vector.request();
    return request.availableAtMicros() < end;
  }

  private void send(KafkaProducer<byte[], byte[]> producer, List<RecordedEvent> events)
      throws Exception {
    EventEncoder avro = new EventEncoder(plan.requestSource().schema(), EventEncoder.Format.AVRO);
    for (RecordedEvent event : events) {
      var sent =
          producer
              .send(
                  new ProducerRecord<>(
                      TOPIC,
                      KnowledgePosition.partitionOf(event.position()),
                      event.recordTimestampMicros() / 1_000,
                      null,
                      avro.encode(event.value())))
              .get();
      if (archived.contains(event)) {
        assertEquals(KnowledgePosition.offsetOf(event.position()), sent.offset());
      }
    }
  }

  /**
   * All vectors, once those of so many of the expected are there. Under {@code onArrival()} a copy
   * in another partition may have asked, too: there ids count.
   */
  private Map<String, FeatureVector> read(
      Map<String, Object> client, Emission emission, int enough) {
    return vectors(
        StreamProcess.read(
            client,
            StreamTopics.of("", plan).vectors(),
            records ->
                (emission == Emission.ORDERED
                        ? vectors(records).size()
                        : ids(vectors(records)).size())
                    >= enough,
            StreamProcess.PATIENCE));
  }

  private Map<String, FeatureVector> vectors(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, FeatureVector> vectors = new TreeMap<>();
    records.forEach(record -> take(record.value(), vectors));
    return vectors;
  }

  private void take(byte[] message, Map<String, FeatureVector> vectors) {
    FeatureVector vector = FeatureVectorCodec.fromBytes(message, plan.featureTypes());
    FeatureVector before =
        vectors.putIfAbsent(key(vector.requestId(), vector.availableAtMicros()), vector);
    if (before != null && plan.emission() == Emission.ORDERED) {
      assertEquals(before.values(), vector.values(), "a repeat that differs");
    }
  }

  private ChildJvm.Start stream(LocalKafka kafka, LocalRedis redis, Emission emission) {
    return StreamProcess.fraud(
        kafka.bootstrapServers(),
        redis.uri(),
        folder,
        "--replay",
        "--emit",
        emission == Emission.ORDERED ? "ordered" : "onArrival",
        "--snapshot",
        folder.resolve("days").toString(),
        "--parallelism",
        "2");
  }
}
