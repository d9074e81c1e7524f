package dev.lockstep.beam.kafka;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Sends a key to the partition that Kafka's own partitioner would, had the topic as many as when
 * the stream began: a repeat goes where the first one went, though partitions are added meanwhile.
 */
public final class FrozenPartitions implements Partitioner {
  /** The producer's setting with the number. */
  static final String COUNT = "lockstep.partitions";

  private int count;

  /** For Kafka, which makes it by name. */
  public FrozenPartitions() {}

  @Override
  public void configure(Map<String, ?> configs) {
    count = Integer.parseInt(String.valueOf(configs.get(COUNT)));
  }

  @Override
  public int partition(
      String topic,
      @Nullable Object key,
      byte @Nullable [] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster) {
    byte[] bytes = Objects.requireNonNull(keyBytes, "a vector's key is its request's id");
    return Utils.toPositive(Utils.murmur2(bytes)) % count;
  }

  @Override
  public void close() {}
}
