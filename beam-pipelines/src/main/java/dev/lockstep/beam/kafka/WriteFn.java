package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to their topics; a bundle ends when Kafka has all of them.
 *
 * <p>A record too large for its topic can't end the job (C13): a letter is sent with less of what
 * it is about, and of a vector a dead letter is sent instead. What else Kafka refuses is tried for
 * minutes, then ends the job's try.
 */
final class WriteFn extends DoFn<ProducerRecord<byte[], byte[]>, Void> {
  private static final long serialVersionUID = 1L;
  private static final Tally DEAD =
      Tally.of(
          Tally.labelled(ProcessFigures.DEAD_LETTERS, "reason", "a vector larger than its topic"));

  /** Where latency counts, batches are sent as soon as a bundle's rows are there. */
  private static final int LINGER_MILLIS = 1;

  private static final int BATCH_BYTES = 131_072;

  private final String bootstrapServers;
  private final StreamTopics topics;
  private final int vectorPartitions;
  private transient Producer<byte[], byte[]> producer;
  private transient Queue<ProducerRecord<byte[], byte[]>> tooLarge;
  private transient AtomicReference<@Nullable String> failure;

  /**
   * @param vectorPartitions how many the vectors' topic is taken to have; 0 for what it has
   */
  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  WriteFn(String bootstrapServers, StreamTopics topics, int vectorPartitions) {
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
    this.vectorPartitions = vectorPartitions;
  }

  @Setup
  public void setup() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    producer =
        new KafkaProducer<>(
            KafkaClients.patient(settings), new ByteArraySerializer(), new ByteArraySerializer());
    // The first vector doesn't wait for a connection and for where the topic's partitions are.
    var unused = producer.partitionsFor(topics.vectors());
    tooLarge = new ConcurrentLinkedQueue<>();
    failure = new AtomicReference<>();
  }

  @StartBundle
  public void startBundle() {
    // What a bundle that failed has left is written again with its records.
    tooLarge.clear();
    failure.set(null);
  }

  @ProcessElement
  public void process(@Element ProducerRecord<byte[], byte[]> record) throws IOException {
    failIfRefused();
    send(placed(record));
  }

  /** A vector goes where all of its request's do, whatever partitions were added since. */
  private ProducerRecord<byte[], byte[]> placed(ProducerRecord<byte[], byte[]> record) {
    if (vectorPartitions == 0 || !record.topic().equals(topics.vectors())) {
      return record;
    }
    int partition = FrozenPartitions.of(record.key(), vectorPartitions);
    return new ProducerRecord<>(record.topic(), partition, record.key(), record.value());
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (sent, e) -> {
              if (e instanceof RecordTooLargeException) {
                tooLarge.add(record);
              } else if (e != null) {
                failure.compareAndSet(
                    null, "topic " + record.topic() + " can't be written: " + e.getMessage());
              }
            });
  }

  @FinishBundle
  public void finishBundle() throws IOException {
    do {
      try {
        producer.flush();
      } catch (InterruptException e) { // the task is being cancelled
        throw new IOException("writing to Kafka was interrupted", e);
      }
      failIfRefused();
    } while (sendInstead());
  }

  private void failIfRefused() throws IOException {
    String reason = failure.get();
    if (reason != null) {
      throw new IOException(reason);
    }
  }

  /** Sends what can be sent of the records that were too large; whether there were any. */
  private boolean sendInstead() throws IOException {
    boolean any = false;
    for (ProducerRecord<byte[], byte[]> record = tooLarge.poll();
        record != null;
        record = tooLarge.poll()) {
      send(instead(record));
      any = true;
    }
    return any;
  }

  private ProducerRecord<byte[], byte[]> instead(ProducerRecord<byte[], byte[]> record)
      throws IOException {
    if (record.topic().equals(topics.vectors())) {
      DEAD.inc();
      return ofVector(record);
    }
    ProducerRecord<byte[], byte[]> shorter = Letter.shorter(record);
    if (shorter == null) {
      throw new IOException(
          "topic "
              + record.topic()
              + " takes no record of a few hundred bytes: raise its max.message.bytes, or the"
              + " producer's max.request.size");
    }
    return shorter;
  }

  private ProducerRecord<byte[], byte[]> ofVector(ProducerRecord<byte[], byte[]> vector) {
    return Letter.of(
        topics.deadLetters(),
        KV.of(vector.key(), vector.value()),
        "its vector has "
            + vector.value().length
            + " bytes, more than topic "
            + topics.vectors()
            + " takes or a producer sends: leave long texts out of the vector, or raise"
            + " max.message.bytes and max.request.size",
        "request " + new String(vector.key(), StandardCharsets.UTF_8));
  }

  @Teardown
  public void teardown() {
    if (producer != null) {
      producer.close();
    }
  }
}
