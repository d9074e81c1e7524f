package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** The files of a snapshot, each as its kind and number. */
final class SnapshotFilesFn extends DoFn<byte[], KV<Integer, Integer>> {
  private static final long serialVersionUID = 1L;

  static final int ENTITIES = 0;
  static final int IDS = 1;
  static final int CARRIED = 2;

  private final FeatureSet<?> set;
  private final SnapshotFolder folder;

  SnapshotFilesFn(FeatureSet<?> set, SnapshotFolder folder) {
    this.set = set;
    this.folder = folder;
  }

  @ProcessElement
  public void process(OutputReceiver<KV<Integer, Integer>> out) {
    FeaturePlan plan = FeaturePlan.of(set);
    Snapshot snapshot = Snapshot.read(folder);
    snapshot.requireOf(plan, folder.folder());
    for (int shard = 0; shard < snapshot.shards(); shard++) {
      out.output(KV.of(ENTITIES, shard));
      for (SourcePlan source : plan.sources()) {
        if (source.idColumn() >= 0) {
          out.output(KV.of(IDS, source.index() * snapshot.shards() + shard));
        }
      }
    }
    out.output(KV.of(CARRIED, 0));
  }
}
