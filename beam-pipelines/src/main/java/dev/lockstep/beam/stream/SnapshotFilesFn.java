package dev.lockstep.beam.stream;

import dev.lockstep.beam.batch.KeySpace;
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
  private final String run;

  SnapshotFilesFn(FeatureSet<?> set, SnapshotFolder folder, String run) {
    this.set = set;
    this.folder = folder;
    this.run = run;
  }

  /** The number of a file of ids of a source. */
  static int idsNumber(SourcePlan source, int shard, Snapshot snapshot) {
    return source.index() * snapshot.shards() + shard;
  }

  /** How many files hold keys: as many as there are shards, for each level of asks. */
  static int entityFiles(FeaturePlan plan, Snapshot snapshot) {
    return snapshot.shards() * KeySpace.levels(plan);
  }

  @ProcessElement
  public void process(OutputReceiver<KV<Integer, Integer>> out) {
    FeaturePlan plan = FeaturePlan.of(set);
    Snapshot snapshot = Snapshot.read(folder);
    snapshot.requireRun(run, folder.folder());
    snapshot.requireOf(plan, folder.folder());
    for (int shard = 0; shard < entityFiles(plan, snapshot); shard++) {
      out.output(KV.of(ENTITIES, shard));
    }
    for (int shard = 0; shard < snapshot.shards(); shard++) {
      for (SourcePlan source : plan.sources()) {
        if (source.idColumn() >= 0) {
          out.output(KV.of(IDS, idsNumber(source, shard, snapshot)));
        }
      }
    }
    out.output(KV.of(CARRIED, 0));
  }
}
