package dev.lockstep.beam.kafka;

import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a key as Kafka's own partitioner chooses it, of as many as a topic had when the
 * stream began: a repeat goes where the first one went, though partitions are added meanwhile.
 */
final class FrozenPartitions {
  private FrozenPartitions() {}

  static int of(byte[] key, int count) {
    return Utils.toPositive(Utils.murmur2(key)) % count;
  }
}
