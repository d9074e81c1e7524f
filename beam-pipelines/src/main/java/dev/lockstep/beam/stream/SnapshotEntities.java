package dev.lockstep.beam.stream;

import dev.lockstep.beam.batch.KeySpace;
import dev.lockstep.beam.snapshot.EntityRecord;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.StateFileReader;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.wire.ByteReader;
import java.io.IOException;
import java.util.List;

/** What a snapshot's keys hold, branch by branch. */
final class SnapshotEntities {
  private final List<KeySpace> spaces;

  SnapshotEntities(FeaturePlan plan) {
    this.spaces = KeySpace.of(plan);
  }

  /** Takes what is read. */
  interface Sink {
    /**
     * What a branch holds of a key.
     *
     * @param canonical the bytes that snapshots hold
     */
    void state(Branch branch, String key, byte[] canonical);
  }

  /**
   * Reads a file.
   *
   * @return how many keys it holds
   * @throws SnapshotException if it is damaged, or holds states that the plan has no branch for
   */
  long read(SnapshotFolder folder, int shard, Sink sink) throws IOException {
    long keys = 0;
    try (StateFileReader file = StateFileReader.open(folder.entities(shard))) {
      for (ByteReader bytes = file.next(); bytes != null; bytes = file.next()) {
        EntityRecord record = EntityRecord.read(bytes);
        keys++;
        List<Branch> branches =
            record.space() < spaces.size() ? spaces.get(record.space()).branches() : List.of();
        if (branches.isEmpty() || record.states().size() != branches.size()) {
          throw new SnapshotException(
              folder.entities(shard)
                  + " holds states of other branches than its definition has; run the backfill of"
                  + " its day again",
              null);
        }
        for (int i = 0; i < branches.size(); i++) {
          byte[] state = record.states().get(i);
          if (state != null) {
            sink.state(branches.get(i), record.key(), state);
          }
        }
      }
    }
    return keys;
  }
}
