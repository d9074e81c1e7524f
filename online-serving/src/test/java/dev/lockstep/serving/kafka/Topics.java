package dev.lockstep.serving.kafka;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.servers.LocalKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topics of a test's broker, written and read with Kafka's own clients. */
public final class Topics implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final KafkaConnection connection;
  private final Publisher publisher;

  public Topics(LocalKafka broker) {
    this.connection = new KafkaConnection(broker.bootstrapServers(), Map.of());
    this.publisher = new Publisher(connection);
  }

  public KafkaConnection connection() {
    return connection;
  }

  public void create(String topic, int partitions) {
    connection.createMissing(List.of(topic), partitions);
  }

  public void send(String topic, byte[] key, byte[] value) {
    publisher.send(new ProducerRecord<>(topic, key, value));
  }

  public void flush() {
    publisher.flush();
  }

  /** All records of a topic from its begin, once there are so many. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer(null)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      until(
          () -> {
            consumer.poll(Duration.ofMillis(20)).forEach(read::add);
            return read.size() >= count;
          },
          () -> read.size() + " of " + count + " records in " + topic);
    }
    return read;
  }

  /** Waits until a condition holds; fails after a minute. */
  public static void until(BooleanSupplier condition, Supplier<String> state) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, state);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    publisher.close();
  }
}
