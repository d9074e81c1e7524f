package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.Latencies;
import dev.lockstep.beam.stream.Tally;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Vectors to Kafka messages, keyed by request id. */
final class EncodeVectorFn extends DoFn<FeatureVector, ProducerRecord<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private static final Tally VECTORS = Tally.of(ProcessFigures.VECTORS);
  private static final Latencies LATENCY = new Latencies(ProcessFigures.LATENCY);

  private final String topic;

  EncodeVectorFn(String topic) {
    this.topic = topic;
  }

  @ProcessElement
  public void process(
      @Element FeatureVector vector, OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
    VECTORS.inc();
    // A replay says when it sent the request; of others availability is when the broker had it.
    long came =
        vector.ingestedAtMicros() > 0 ? vector.ingestedAtMicros() : vector.availableAtMicros();
    LATENCY.add(Math.max(0, vector.emittedAtMicros() - came));
    out.output(
        new ProducerRecord<>(
            topic,
            vector.requestId().getBytes(StandardCharsets.UTF_8),
            FeatureVectorCodec.toBytes(vector)));
  }
}
