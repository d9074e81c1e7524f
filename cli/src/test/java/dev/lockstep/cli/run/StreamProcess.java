package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.cli.Lockstep;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.work.Checkpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What tests of a stream in a process of its own do: start it, write to it, wait, read from it. */
public final class StreamProcess {
  /** For what comes within seconds on a machine that nobody else uses. */
  public static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final Duration POLL = Duration.ofMillis(200);

  /** For what should not come any more. */
  private static final Duration MORE = Duration.ofMillis(500);

  private static final long PAUSE_NANOS = 100_000_000L;

  private StreamProcess() {}

  /**
   * The example of card swipes as a stream, with a checkpoint every second.
   *
   * @param folder for the project's data; its {@code work} is the work folder, where none is given
   * @param more further arguments of the command
   */
  public static ChildJvm.Start fraud(String kafka, String redis, Path folder, String... more) {
    List<String> arguments = new ArrayList<>(List.of("stream", "fraud"));
    arguments.addAll(List.of("--kafka", kafka, "--redis", redis, "--checkpoint-seconds", "1"));
    arguments.addAll(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--work")) {
      arguments.addAll(List.of("--work", folder.resolve("work").toString()));
    }
    return start(Lockstep.class, arguments);
  }

  /** A stream of a main class of the tests' own. */
  public static ChildJvm.Start start(Class<?> main, List<String> arguments) {
    return new ChildJvm.Start(
        "stream",
        System.getProperty("java.class.path"),
        List.of("-Xmx1g"),
        main.getName(),
        arguments);
  }

  /** The command line as a process of its own. */
  public static ChildJvm.Start lockstep(String... arguments) {
    return new ChildJvm.Start(
        "lockstep",
        System.getProperty("java.class.path"),
        List.of("-Xmx1g"),
        Lockstep.class.getName(),
        List.of(arguments));
  }

  /**
   * Compares what the example's stream has published with batch over its topics, and fails where a
   * bit differs.
   *
   * @param folder that of the stream; the comparison's log goes there
   */
  public static void requireFraudIdentical(String kafka, Path folder) throws Exception {
    ChildJvm.Start parity =
        lockstep("parity", "fraud", "--kafka", kafka, "--data", folder.resolve("data").toString());
    Path logs = folder.resolve("parity");
    try (ChildJvm comparison = ChildJvm.start(parity, logs)) {
      assertEquals(0, comparison.waitFor(), logged(logs));
    }
  }

  /** Waits until something is so. */
  public static void await(String what, Callable<Boolean> isSo) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.call()) {
      assertTrue(System.nanoTime() < deadline, () -> "waited in vain: " + what);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Waits for the first whole checkpoint. */
  public static void awaitCheckpoint(Path work) throws Exception {
    await("a checkpoint in " + work, () -> new Checkpoints(work).latest().isPresent());
  }

  /** Waits for a checkpoint of all that the stream has done by now. */
  public static void awaitCheckpointOfNow(Path work) throws Exception {
    long last = newest(work);
    // The next may have begun before now, and the one after it before the next was whole.
    await("checkpoints in " + work + " after " + last, () -> newest(work) >= last + 3);
  }

  /** The number of the newest checkpoint, whole or not. */
  private static long newest(Path work) {
    return names(work.resolve("checkpoints"))
        .flatMap(StreamProcess::names)
        .map(f -> f.getFileName().toString())
        .filter(n -> n.matches("chk-[0-9]+"))
        .mapToLong(n -> Long.parseLong(n.substring(4)))
        .max()
        .orElse(0);
  }

  /** What a folder holds; Flink removes some of it meanwhile. */
  private static Stream<Path> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? Stream.of() : Stream.of(names).map(folder::resolve);
  }

  /** All that a process has printed. */
  public static String logged(Path logs) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /** Waits until a process has printed some words. */
  public static void awaitLogged(Path logs, String words) throws Exception {
    try {
      await(words, () -> logged(logs).contains(words));
    } catch (AssertionError e) {
      throw new AssertionError("not said: " + words + "\n" + logged(logs), e);
    }
  }

  /** A producer of bytes. */
  public static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Says on each partition of a replay's topic that nothing earlier comes. */
  public static void clock(
      KafkaProducer<byte[], byte[]> producer, String topic, int partitions, long millis) {
    for (int partition = 0; partition < partitions; partition++) {
      var clock = new ProducerRecord<>(topic, partition, millis, new byte[0], new byte[0]);
      clock.headers().add(RecordHeaders.CLOCK, RecordHeaders.number(millis));
      producer.send(clock);
    }
    producer.flush();
  }

  /** The records of a topic, once there are so many; and those that come soon after. */
  public static List<ConsumerRecord<byte[], byte[]>> read(
      Map<String, Object> client, String topic, int enough) {
    return read(client, topic, records -> records.size() >= enough, PATIENCE);
  }

  /** The records of a topic, once they are enough; and those that come soon after. */
  public static List<ConsumerRecord<byte[], byte[]>> read(
      Map<String, Object> client,
      String topic,
      Predicate<List<ConsumerRecord<byte[], byte[]>>> enough,
      Duration patience) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + patience.toNanos();
      while (!enough.test(records) && System.nanoTime() < deadline) {
        consumer.poll(POLL).forEach(records::add);
      }
      consumer.poll(MORE).forEach(records::add);
    }
    assertTrue(enough.test(records), topic + " has only " + records.size() + " records");
    return records;
  }

  /** A header's text. */
  public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
