package dev.lockstep.beam.kafka;

import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.read.Rejected;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Rows that a snapshot carries and a stream can't use, as letters: reason and position, without the
 * bytes, which are in the history.
 */
final class CarriedLetterFn extends DoFn<byte[], ProducerRecord<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final StreamTopics topics;

  CarriedLetterFn(StreamTopics topics) {
    this.topics = topics;
  }

  @ProcessElement
  public void process(@Element byte[] element, OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
    Rejected rejected = RejectedCoder.fromBytes(element);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            rejected.kind() == Rejected.Kind.LATE ? topics.late() : topics.deadLetters(),
            new byte[0],
            new byte[0]);
    letter.headers().add(RecordHeaders.REASON, rejected.reason().getBytes(StandardCharsets.UTF_8));
    letter
        .headers()
        .add(RecordHeaders.POSITION, rejected.position().getBytes(StandardCharsets.UTF_8));
    out.output(letter);
  }
}
