package dev.lockstep.beam.stream;

import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.read.Rejected;
import dev.lockstep.beam.snapshot.CarriedRows;
import dev.lockstep.beam.snapshot.SeenId;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.StateFileReader;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Reads one file of a snapshot, all of it or none: an element is never half in a checkpoint. */
final class ReadSnapshotFn extends DoFn<KV<Integer, Integer>, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final FeatureSet<?> set;
  private final SnapshotFolder folder;
  private final String run;
  private final boolean withTables;
  private transient FeaturePlan plan;
  private transient SourceRowCodec rows;

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  ReadSnapshotFn(FeatureSet<?> set, SnapshotFolder folder, String run, boolean withTables) {
    this.set = set;
    this.folder = folder;
    this.run = run;
    this.withTables = withTables;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    rows = new SourceRowCodec(plan);
  }

  @ProcessElement
  public void process(@Element KV<Integer, Integer> file, MultiOutputReceiver out)
      throws IOException {
    Snapshot snapshot = Snapshot.read(folder);
    snapshot.requireRun(run, folder.folder());
    switch (file.getKey()) {
      case SnapshotFilesFn.ENTITIES -> entities(file.getValue(), out);
      case SnapshotFilesFn.IDS -> ids(snapshot, file.getValue(), out);
      default -> carried(snapshot, out);
    }
  }

  private void entities(int shard, MultiOutputReceiver out) throws IOException {
    new SnapshotEntities(plan)
        .read(
            folder,
            shard,
            (branch, key, canonical) -> {
              if (withTables || !(branch instanceof LookupPlan)) {
                out.get(SnapshotRead.STATES)
                    .output(
                        KV.of(
                            ViewMessage.key(branch.index(), key), ViewMessage.ofState(canonical)));
              }
            });
  }

  private void ids(Snapshot snapshot, int number, MultiOutputReceiver out) throws IOException {
    int source = number / snapshot.shards();
    Map<Integer, ByteWriter> byBucket = new TreeMap<>();
    try (StateFileReader file = StateFileReader.open(folder.ids(number))) {
      for (ByteReader bytes = file.next(); bytes != null; bytes = file.next()) {
        SeenId id = SeenId.read(bytes);
        id.write(
            byBucket.computeIfAbsent(
                StreamFeatures.bucketOf(id.hash()), b -> SeenMessage.begin(source)));
      }
    }
    byBucket.forEach(
        (bucket, ids) -> out.get(SnapshotRead.ROWS).output(KV.of(bucket, ids.toByteArray())));
  }

  private void carried(Snapshot snapshot, MultiOutputReceiver out) throws IOException {
    CarriedRows reader = new CarriedRows(snapshot.carried(), plan);
    List<RowIntake> doors = plan.sources().stream().map(s -> RowIntake.of(plan, s)).toList();
    long place = -1;
    try (StateFileReader file = StateFileReader.open(folder.carried())) {
      for (ByteReader bytes = file.next(); bytes != null; bytes = file.next()) {
        place++;
        SourceRow row = reader.read(bytes);
        if (row == null) {
          continue;
        }
        SourcePlan source = plan.sources().get(row.source());
        RowIntake door = doors.get(row.source());
        String late = door.lateness(row);
        if (door.isKeyless(row)) { // asked first, as where rows are read
          reject(Rejected.Kind.DEAD_LETTER, Router.KEYLESS, source, place, out);
        } else if (late != null) {
          reject(Rejected.Kind.LATE, late, source, place, out);
        } else if (withTables || !source.table()) {
          out.get(SnapshotRead.ROWS).output(KV.of(StreamFeatures.bucketOf(row), rows.toBytes(row)));
        }
      }
    }
  }

  private void reject(
      Rejected.Kind kind, String reason, SourcePlan source, long place, MultiOutputReceiver out) {
    out.get(SnapshotRead.REJECTED)
        .output(
            RejectedCoder.toBytes(
                new Rejected(kind, source.name(), reason, folder.carried() + ":" + place)));
  }
}
