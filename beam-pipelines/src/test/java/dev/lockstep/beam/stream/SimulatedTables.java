package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BlockedStateCodec;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.OnlineStore;
import java.util.List;
import java.util.function.Function;

/** What a simulation needs of this package's insides. */
public final class SimulatedTables {
  private SimulatedTables() {}

  /** Writes the versions among some rows to an online store. */
  public static void load(FeaturePlan plan, List<SourceRow> rows, OnlineStore store) {
    TableVersions versions = new TableVersions(plan);
    rows.stream().filter(row -> plan.sources().get(row.source()).table()).forEach(versions::add);
    GuardedWrites writes = new GuardedWrites(store.openWriter());
    versions.write(store.openReader(), Long.MAX_VALUE, writes);
    writes.await();
  }

  /**
   * A view's state as it is published, without what no request can read whose event time is a given
   * one or later.
   *
   * @param value the value cell of its key
   * @param blocks its block cells
   */
  public static EntityState state(
      ViewPlan view, byte[] value, Function<Long, byte[]> blocks, long oldestEventTimeMicros) {
    EntityState state = new BlockedStateCodec(view).read(value, blocks::apply);
    state.prune(oldestEventTimeMicros);
    return state;
  }

  /** The entity of a key of views. */
  public static String entityOf(byte[] elementKey) {
    return ViewMessage.entityKeyOf(elementKey);
  }

  /** The branch of a key of views. */
  public static int branchOf(byte[] elementKey) {
    return ViewMessage.branchOf(elementKey);
  }
}
