package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.CarriedRows;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.StateFileReader;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.TableStateCodec;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import dev.lockstep.time.Micros;
import dev.lockstep.wire.ByteReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Fills the online store from a snapshot: what each entity holds in each view, and all versions of
 * tables (C11, C12).
 *
 * <p>Each write is guarded by the state's own mark, the one that a stream's write of it would have:
 * where the store holds what came later, that stays.
 */
public final class SnapshotLoad {
  private final FeaturePlan plan;
  private final SnapshotFolder folder;
  private final Snapshot snapshot;
  private final long generation;

  /**
   * @param generation of the streams that write to the store, see {@link StreamSettings}
   * @throws dev.lockstep.beam.snapshot.SnapshotException if there is no snapshot, or it is of
   *     another definition
   */
  public SnapshotLoad(FeaturePlan plan, SnapshotFolder folder, long generation) {
    this.plan = plan;
    this.folder = folder;
    this.generation = generation;
    this.snapshot = Snapshot.read(folder);
    snapshot.requireOf(plan, folder.folder());
  }

  /** Hears how far a load is. */
  public interface Listener {
    /** So many of the shards are loaded. */
    void shards(int done, int all);
  }

  /**
   * What a load did.
   *
   * @param entities keys that the snapshot holds, a view's or a table's counted once
   * @param written writes that took effect
   * @param newer writes that didn't: the store had as much, or more
   * @param carried events that aren't available before the cut, which no state holds yet
   */
  public record Counts(long entities, long written, long newer, long carried) {}

  public Snapshot snapshot() {
    return snapshot;
  }

  /**
   * Loads all, having looked at all first: of a damaged snapshot nothing is written, nor where the
   * store's tables, which all feature sets share, would lack fields that one reads.
   *
   * @throws dev.lockstep.beam.snapshot.SnapshotException if a file is missing or damaged, or tables
   *     in the store don't go with it
   * @throws IOException if a file can't be read
   */
  public Counts run(OnlineStore store, Listener listener) throws IOException {
    SnapshotEntities reader = new SnapshotEntities(plan);
    TableVersions tables = tables(reader);
    long carried = carried(tables);
    checkIds();
    try (OnlineReader there = store.openReader();
        OnlineWriter writer = store.openWriter()) {
      tables.check(there);
      GuardedWrites writes = new GuardedWrites(writer);
      long entities = 0;
      int files = SnapshotFilesFn.entityFiles(plan, snapshot);
      for (int shard = 0; shard < files; shard++) {
        entities +=
            reader.read(folder, shard, (branch, key, state) -> write(branch, key, state, writes));
        listener.shards(shard + 1, files);
      }
      tables.write(there, Micros.of(snapshot.cut()), writes);
      writes.await();
      return new Counts(entities, writes.taken(), writes.all() - writes.taken(), carried);
    }
  }

  /**
   * Looks at all as {@link #run} does before it writes, and writes nothing.
   *
   * @return how many events are carried
   * @throws dev.lockstep.beam.snapshot.SnapshotException as {@link #run}
   * @throws IOException as {@link #run}
   */
  public long check(OnlineStore store) throws IOException {
    TableVersions tables = tables(new SnapshotEntities(plan));
    long carried = carried(tables);
    checkIds();
    try (OnlineReader there = store.openReader()) {
      tables.check(there);
    }
    return carried;
  }

  /** What keys hold of tables, having read all files of keys. */
  private TableVersions tables(SnapshotEntities reader) throws IOException {
    TableVersions tables = new TableVersions(plan);
    for (int shard = 0; shard < SnapshotFilesFn.entityFiles(plan, snapshot); shard++) {
      reader.read(
          folder,
          shard,
          (branch, key, state) -> {
            if (branch instanceof LookupPlan lookup) {
              tables.add(lookup, key, new TableStateCodec(lookup).fromBytes(state));
            }
          });
    }
    return tables;
  }

  private void write(Branch branch, String key, byte[] state, GuardedWrites writes) {
    if (branch instanceof ViewPlan view) {
      writes.write(
          new StateWrite(
              EntityStateCodec.cellOf(view, key),
              EntityStateCodec.markOf(state, generation),
              state));
    }
  }

  /** Carried versions of tables are written now: readers look at their availability (C10). */
  private long carried(TableVersions tables) throws IOException {
    CarriedRows reader = new CarriedRows(snapshot.carried(), plan);
    long events = 0;
    try (StateFileReader file = StateFileReader.open(folder.carried())) {
      for (ByteReader bytes = file.next(); bytes != null; bytes = file.next()) {
        SourceRow row = reader.read(bytes);
        if (row == null) {
          continue;
        }
        if (plan.sources().get(row.source()).table()) {
          tables.add(row);
        } else {
          events++;
        }
      }
    }
    return events;
  }

  /** Ids are a stream's affair; but one that begins here would stop at a damaged file of them. */
  private void checkIds() throws IOException {
    for (SourcePlan source : plan.sources()) {
      for (int shard = 0; source.idColumn() >= 0 && shard < snapshot.shards(); shard++) {
        Path path = folder.ids(SnapshotFilesFn.idsNumber(source, shard, snapshot));
        try (StateFileReader file = StateFileReader.open(path)) {
          ByteReader record = file.next();
          while (record != null) {
            record = file.next();
          }
        }
      }
    }
  }
}
