package dev.lockstep.serving.kafka;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records without waiting, and tells on {@link #flush} whether all of them have arrived: only
 * then may what they were made from count as consumed.
 */
public final class Publisher implements AutoCloseable {
  private final KafkaConnection kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  public Publisher(KafkaConnection kafka) {
    this.kafka = kafka;
    this.producer = kafka.producer();
  }

  /**
   * Sends a record.
   *
   * @throws KafkaUnavailableException if the topic can't be found within fifteen seconds
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
  public void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(
          record,
          (metadata, problem) -> {
            if (problem != null) {
              failure.compareAndSet(null, problem);
            }
          });
    } catch (KafkaException e) {
      throw refused(e);
    }
  }

  /**
   * Waits until every record sent has arrived.
   *
   * @throws KafkaUnavailableException if one has not
   */
  public void flush() {
    producer.flush();
    Exception problem = failure.get();
    if (problem != null) {
      throw refused(problem);
    }
  }

  private KafkaUnavailableException refused(Exception problem) {
    return new KafkaUnavailableException(
        "Kafka at "
            + kafka
            + " doesn't take a record: "
            + problem.getMessage()
            + ". Nothing is lost: start again once it does.",
        problem);
  }

  @Override
  public void close() {
    producer.close();
  }
}
