package dev.lockstep.beam.snapshot;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far topics were read: the greatest offset by source and partition, of history that says where
 * on Kafka its rows were. Immutable.
 */
public record TopicPositions(TreeMap<String, TreeMap<Integer, Long>> bySource)
    implements Serializable {

  /** Of history that doesn't say. */
  public static TopicPositions none() {
    return new TopicPositions(new TreeMap<>());
  }

  /** With an offset that was read, if it is the greatest of its partition. */
  public TopicPositions read(String source, int partition, long offset) {
    TreeMap<String, TreeMap<Integer, Long>> all = new TreeMap<>(bySource);
    TreeMap<Integer, Long> partitions = new TreeMap<>(of(source));
    partitions.merge(partition, offset, Math::max);
    all.put(source, partitions);
    return new TopicPositions(all);
  }

  /** By partition; those that nothing was read of aren't there. */
  public Map<Integer, Long> of(String source) {
    return bySource.getOrDefault(source, new TreeMap<>());
  }

  public boolean isEmpty() {
    return bySource.isEmpty();
  }
}
