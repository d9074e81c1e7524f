package dev.lockstep.cli.run;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.seconds;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.ParentWatch;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State stays as small as windows and lateness are, also while a partition has nothing to say: what
 * a checkpoint saves doesn't grow with time.
 *
 * <p>{@code -Dbounded.events=3600000} sends a thousand events a second of event time, for the
 * figures of docs/performance.md; that takes a while.
 */
class BoundedStateTest {
  private static final int EVENTS = Integer.getInteger("bounded.events", 12_000);
  private static final int EVENTS_OF_A_THIRD = EVENTS / 3;
  private static final long MILLIS_BETWEEN = Duration.ofHours(1).toMillis() / EVENTS;

  /** For a third, also where there are many. */
  private static final Duration PATIENCE = StreamProcess.PATIENCE.plusMillis(EVENTS_OF_A_THIRD);

  private static final String TOPIC = "beats";

  @TempDir Path folder;

  /** Pulses of which ten seconds count. */
  record Beat(String id, String sensor, Instant at) {}

  /** Sensors whose beats are counted over ten seconds. */
  static final class Sensors implements Project {
    private static final EventSource<Beat> BEATS =
        EventSource.of(Beat.class)
            .named(TOPIC)
            .id(Beat::id)
            .eventTime(Beat::at)
            .lateness(seconds(20))
            .visibleWithin(Duration.ofMillis(100));

    @Override
    public FeatureSet<?> featureSet() {
      return FeatureSet.named("sensors")
          .forEach(BEATS)
          .with(
              FeatureView.named("by_sensor")
                  .over(BEATS)
                  .by(Entity.string("sensor"), Beat::sensor)
                  .feature("beats_10s", count().over(last(seconds(10)))))
          .emit(Emission.onArrival());
    }

    @Override
    public String name() {
      return "sensors";
    }

    @Override
    public String description() {
      return "sensors, live";
    }

    @Override
    public Label<?> label() {
      return Label.column("is_any", Beat::at);
    }

    @Override
    public String action() {
      return "none";
    }

    @Override
    public History history(Path directory) {
      throw new UnsupportedOperationException("it lives");
    }

    /** Runs their stream; arguments: Kafka, Redis, the work folder. */
    public static void main(String[] arguments) throws Exception {
      ParentWatch.startIfChild();
      StreamRun run =
          new StreamRun(
              Definition.of(new Sensors(), null),
              new Addresses(arguments[0], arguments[1]),
              JobOptions.local(1, Duration.ofSeconds(1)),
              Path.of(arguments[2]));
      run.check(true, Duration.ofMillis(10), false).forEach(System.out::println);
      try (Cleanup cleanup = new Cleanup()) {
        run.run(cleanup, () -> System.out.println("READY streaming"), System.out::println);
      }
    }
  }

  /** An hour of event time in one of two partitions. */
  @Test
  void checkpointsStayFlatWhileAPartitionIsQuiet() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (Admin admin = Admin.create(client)) {
        NewTopic beats = new NewTopic(TOPIC, Optional.of(2), Optional.empty());
        admin
            .createTopics(List.of(beats.configs(Map.of("message.timestamp.type", "CreateTime"))))
            .all()
            .get();
      }
      Path work = folder.resolve("work");
      List<String> arguments = List.of(kafka.bootstrapServers(), redis.uri(), work.toString());
      List<Long> sizes = new ArrayList<>();
      try (ChildJvm stream =
              ChildJvm.start(
                  StreamProcess.start(Sensors.class, arguments), folder.resolve("logs"));
          var producer = StreamProcess.producer(client)) {
        stream.awaitReady(StreamProcess.PATIENCE);
        Instant begin = Instant.now().minus(Duration.ofMillis(EVENTS * MILLIS_BETWEEN));
        String vectors = StreamTopics.of("", FeaturePlan.of(new Sensors().featureSet())).vectors();
        for (int third = 1; third <= 3; third++) {
          send(producer, begin, (third - 1) * EVENTS_OF_A_THIRD, third * EVENTS_OF_A_THIRD);
          awaitRecords(kafka.bootstrapServers(), vectors, third * EVENTS_OF_A_THIRD);
          StreamProcess.awaitCheckpointOfNow(work);
          sizes.add(newest(work));
          long bound = sizes.get(0) * 3 / 2;
          // What was read a moment ago may not have been forgotten yet; it must be, soon.
          StreamProcess.await("checkpoints of " + bound + " bytes", () -> newest(work) < bound);
          sizes.set(third - 1, newest(work));
        }
        stream.checkAlive();
      }
      System.out.printf(
          "%,d events; bytes of a checkpoint after each third of an hour: %s%n", EVENTS, sizes);
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, Instant begin, int from, int until) {
    for (int i = from; i < until; i++) {
      Instant at = begin.plusMillis(i * MILLIS_BETWEEN);
      String beat = "{\"id\":\"b%d\",\"sensor\":\"s%d\",\"at\":\"%s\"}".formatted(i, i % 500, at);
      producer.send(
          new ProducerRecord<>(
              TOPIC, 0, at.toEpochMilli(), null, beat.getBytes(StandardCharsets.UTF_8)));
    }
    producer.flush();
  }

  private static void awaitRecords(String kafka, String topic, int count) throws Exception {
    Topics topics = new Topics(kafka);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (topics.recordCounts(List.of(topic)).getOrDefault(topic, 0L) < count) {
      assertTrue(System.nanoTime() < deadline, "waited in vain for " + count + " vectors");
      Thread.sleep(500);
    }
  }

  /** The bytes of the newest checkpoint; of one that goes while it is looked at, too many. */
  private static long newest(Path work) throws Exception {
    try {
      return size(new Checkpoints(work).latest().orElseThrow().local().orElseThrow());
    } catch (NoSuchFileException e) {
      return Long.MAX_VALUE;
    }
  }

  private static long size(Path checkpoint) throws Exception {
    long bytes = 0;
    try (var files = Files.list(checkpoint)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
