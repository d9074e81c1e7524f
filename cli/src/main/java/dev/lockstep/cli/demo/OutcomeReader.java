package dev.lockstep.cli.demo;

import dev.lockstep.serving.kafka.KafkaConnection;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.FeatureVectorCodec;
import dev.lockstep.wire.ScoringResultCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the topics of vectors and scores, from their begin, into {@link Outcomes}. */
final class OutcomeReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaConnection kafka;
  private final String vectorsTopic;
  private final String scoresTopic;
  private final List<ValueType> types;
  private final Outcomes outcomes;
  private final Thread thread = new Thread(this::run, "outcome-reader");
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * @param types of the vectors' features
   */
  OutcomeReader(
      KafkaConnection kafka,
      String vectorsTopic,
      String scoresTopic,
      List<ValueType> types,
      Outcomes outcomes) {
    this.kafka = kafka;
    this.vectorsTopic = vectorsTopic;
    this.scoresTopic = scoresTopic;
    this.types = List.copyOf(types);
    this.outcomes = outcomes;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null)) {
      List<TopicPartition> partitions = new ArrayList<>();
      kafka
          .topics(List.of(vectorsTopic, scoresTopic))
          .forEach(
              (name, topic) ->
                  topic
                      .partitions()
                      .forEach(p -> partitions.add(new TopicPartition(name, p.partition()))));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.topic().equals(vectorsTopic)) {
            outcomes.add(FeatureVectorCodec.fromBytes(record.value(), types));
          } else {
            outcomes.add(ScoringResultCodec.fromBytes(record.value()), record.timestamp());
          }
        }
      }
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  /** Throws what reading failed with, if it did. */
  void checkAlive() {
    RuntimeException e = failure.get();
    if (e != null) {
      throw e;
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join(STOP_TIMEOUT.toMillis());
  }
}
