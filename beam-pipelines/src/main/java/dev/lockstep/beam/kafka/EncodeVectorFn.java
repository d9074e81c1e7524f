package dev.lockstep.beam.kafka;

import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Vectors to Kafka messages, keyed by request id. */
final class EncodeVectorFn extends DoFn<FeatureVector, ProducerRecord<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  EncodeVectorFn(String topic) {
    this.topic = topic;
  }

  @ProcessElement
  public void process(
      @Element FeatureVector vector, OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
    out.output(
        new ProducerRecord<>(
            topic,
            vector.requestId().getBytes(StandardCharsets.UTF_8),
            FeatureVectorCodec.toBytes(vector)));
  }
}
