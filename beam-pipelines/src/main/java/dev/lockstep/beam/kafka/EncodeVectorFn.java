package dev.lockstep.beam.kafka;

import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Vectors to Kafka messages, keyed by request id. */
final class EncodeVectorFn extends DoFn<FeatureVector, KV<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element FeatureVector vector, OutputReceiver<KV<byte[], byte[]>> out) {
    out.output(
        KV.of(
            vector.requestId().getBytes(StandardCharsets.UTF_8),
            FeatureVectorCodec.toBytes(vector)));
  }
}
