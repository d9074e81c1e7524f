package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.project.Project;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;

/**
 * Commands run in this process, and records on the broker that they are given.
 *
 * @param kafka bootstrap servers
 * @param data the commands' folder
 */
record ParityServers(String kafka, Path data) {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** What a command did. */
  record Run(int code, String out, String err) {
    void check(int expected) {
      assertEquals(expected, code, () -> out + err);
    }
  }

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", kafka);
  }

  /** The result of {@code parity}, valid by its schema. */
  JsonNode compare(int code, Project project, String... more) throws Exception {
    Stream<String> arguments = Stream.concat(Stream.of("--output", "json"), Stream.of(more));
    Run run = parity(project, arguments.toArray(String[]::new));
    run.check(code);
    ResultsTest.assertValid("parity", run.out);
    return new JsonMapper().readTree(run.out);
  }

  Run parity(Project project, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--kafka", kafka));
    arguments.addAll(List.of(more));
    return run(project, "parity", arguments.toArray(String[]::new));
  }

  Run run(Project project, String command, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(of(project, command));
    arguments.addAll(List.of(more));
    int code = line.execute(arguments.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  /** A command of a project, with the folder. */
  List<String> of(Project project, String command) {
    return List.of(
        command, "--project-class", project.getClass().getName(), "--data", data.toString());
  }

  KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(client());
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static void send(KafkaProducer<byte[], byte[]> producer, String topic, String message) {
    var unused =
        producer.send(new ProducerRecord<>(topic, message.getBytes(StandardCharsets.UTF_8)));
    producer.flush();
  }

  /** Deletes, in each partition, what is before its first record of a time or later. */
  void deleteBefore(List<ConsumerRecord<byte[], byte[]>> records, long millis) throws Exception {
    Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.timestamp() < millis) {
        deleted.put(
            new TopicPartition(record.topic(), record.partition()),
            RecordsToDelete.beforeOffset(record.offset() + 1));
      }
    }
    try (Admin admin = Admin.create(client())) {
      admin.deleteRecords(deleted).all().get();
    }
  }

  /** At least so many records of a topic, in the order of each partition. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic, int enough) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (records.size() < enough && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      assertFalse(records.size() < enough, () -> records.size() + " of " + enough);
    }
    return records;
  }
}
