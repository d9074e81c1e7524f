package dev.lockstep.beam.kafka;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Vectors' messages to Kafka's records, keyed by request id. */
final class VectorRecordFn extends DoFn<KV<byte[], byte[]>, ProducerRecord<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  VectorRecordFn(String topic) {
    this.topic = topic;
  }

  @ProcessElement
  public void process(
      @Element KV<byte[], byte[]> vector, OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
    out.output(new ProducerRecord<>(topic, vector.getKey(), vector.getValue()));
  }
}
