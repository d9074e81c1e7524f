package dev.lockstep.beam.parity;

import dev.lockstep.beam.kafka.LogReader;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import dev.lockstep.wire.WireException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the vectors of a partition up to where it ends when this begins; those of another plan and
 * what is none are counted.
 */
final class ReadVectorsFn extends DoFn<Integer, KV<String, byte[]>> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<KV<String, byte[]>> VECTORS = new TupleTag<>("vectors") {};

  /** The availability of the latest request that was answered, of each partition. */
  static final TupleTag<Long> NEWEST = new TupleTag<>("newest") {};

  static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  /** Fingerprints told apart; beyond them the rest together. */
  private static final int MOST_PLANS = 100;

  private final FeatureSet<?> set;
  private final String bootstrapServers;
  private transient FeaturePlan plan;

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient part
  ReadVectorsFn(FeatureSet<?> set, String bootstrapServers) {
    this.set = set;
    this.bootstrapServers = bootstrapServers;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
  }

  @ProcessElement
  public void process(@Element Integer partition, MultiOutputReceiver out) {
    Map<String, Long> counts = new TreeMap<>();
    long[] newest = {Long.MIN_VALUE};
    try (LogReader reader = new LogReader(bootstrapServers)) {
      reader.read(
          reader.now(StreamTopics.of("", plan).vectors(), partition),
          record -> {
            FeatureVector vector = vector(record.value());
            if (vector == null) {
              counts.merge(Counts.UNREADABLE, 1L, Long::sum);
            } else if (!vector.fingerprint().equals(plan.fingerprint())) {
              foreign(vector.fingerprint(), counts);
            } else {
              counts.merge(Counts.VECTORS, 1L, Long::sum);
              newest[0] = Math.max(newest[0], vector.availableAtMicros());
              out.get(VECTORS).output(KV.of(vector.requestId(), bytes(record)));
            }
          });
    }
    counts.forEach((name, count) -> out.get(COUNTS).output(KV.of(name, count)));
    out.get(NEWEST).output(newest[0]);
  }

  private static byte[] bytes(ConsumerRecord<byte[], byte[]> record) {
    return Published.ofTopic(Published.Place.of(record), record.value());
  }

  private static void foreign(String fingerprint, Map<String, Long> counts) {
    String name = Counts.FOREIGN + fingerprint;
    boolean another = counts.size() >= MOST_PLANS && !counts.containsKey(name);
    counts.merge(another ? Counts.FOREIGN + "others" : name, 1L, Long::sum);
  }

  /** Null for what is no vector, or one that isn't what its fingerprint says. */
  private @Nullable FeatureVector vector(byte @Nullable [] message) {
    if (message == null) {
      return null;
    }
    try {
      return FeatureVectorCodec.fromBytes(message, plan.featureTypes());
    } catch (WireException typed) {
      try {
        // Another plan's features are of other types.
        FeatureVector untyped = FeatureVectorCodec.fromBytes(message);
        return untyped.fingerprint().equals(plan.fingerprint()) ? null : untyped;
      } catch (WireException e) {
        return null;
      }
    }
  }
}
