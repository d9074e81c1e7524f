package dev.lockstep.beam.kafka;

import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a stream begins that goes on from a snapshot (C12).
 *
 * @param folder of the snapshot, under a path that it has wherever the job runs
 * @param run that wrote the snapshot
 * @param firstOffsets the first record that the snapshot hasn't read, by topic and partition; of
 *     others all records are read
 */
public record StreamStart(
    SnapshotFolder folder, String run, Map<String, ? extends Map<Integer, Long>> firstOffsets) {

  /** Behind what the snapshot has read, as far as its history said where on Kafka that was. */
  public static StreamStart after(
      Snapshot snapshot, SnapshotFolder folder, FeaturePlan plan, StreamTopics topics) {
    Map<String, TreeMap<Integer, Long>> first = new HashMap<>();
    for (SourcePlan source : plan.sources()) {
      TreeMap<Integer, Long> partitions = new TreeMap<>();
      snapshot
          .positions()
          .of(source.name())
          .forEach((partition, offset) -> partitions.put(partition, offset + 1));
      if (!source.table() && !partitions.isEmpty()) {
        first.put(topics.topicOf(source), partitions);
      }
    }
    return new StreamStart(folder, snapshot.run(), first);
  }

  /** The same snapshot with other offsets. */
  public StreamStart at(Map<String, ? extends Map<Integer, Long>> others) {
    return new StreamStart(folder, run, others);
  }
}
