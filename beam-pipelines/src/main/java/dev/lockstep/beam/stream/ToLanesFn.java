package dev.lockstep.beam.stream;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.KnowledgePosition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Sends what a snapshot holds to the partitions that it has read: to each the ids that were seen,
 * since a copy may come in any, and rows that were carried to the one that they came from.
 */
final class ToLanesFn extends DoFn<KV<Integer, byte[]>, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final FeatureSet<?> set;
  private final TreeMap<String, TreeSet<Integer>> partitions = new TreeMap<>();
  private transient FeaturePlan plan;
  private transient SourceRowCodec rows;

  /**
   * @param partitions by source
   */
  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  ToLanesFn(FeatureSet<?> set, Map<String, ? extends Set<Integer>> partitions) {
    this.set = set;
    partitions.forEach((source, read) -> this.partitions.put(source, new TreeSet<>(read)));
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    rows = new SourceRowCodec(plan);
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, byte[]> element, OutputReceiver<KV<Integer, byte[]>> out) {
    byte[] bytes = element.getValue();
    if (!SeenMessage.is(bytes)) {
      SourceRow row = rows.fromBytes(bytes);
      out.output(KV.of(keyOf(row, element.getKey()), bytes));
      return;
    }
    out.output(element); // for where copies of all partitions meet
    String source = plan.sources().get(SeenMessage.sourceOf(bytes)).name();
    Set<Integer> lanes = new TreeSet<>();
    for (int partition : partitions.getOrDefault(source, new TreeSet<>())) {
      lanes.add(Lanes.of(source, partition));
    }
    lanes.forEach(lane -> out.output(KV.of(Lanes.key(lane, element.getKey()), bytes)));
  }

  private int keyOf(SourceRow row, int otherwise) {
    SourcePlan source = plan.sources().get(row.source());
    if (source.sequenceColumn() >= 0) {
      return otherwise;
    }
    int partition = KnowledgePosition.partitionOf(row.sequence());
    return partitions.getOrDefault(source.name(), new TreeSet<>()).contains(partition)
        ? Lanes.key(Lanes.of(source.name(), partition), otherwise)
        : otherwise;
  }
}
