package dev.lockstep.beam.parity;

import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StoreKey;
import dev.lockstep.time.Micros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the states of an online store with those that the kernel makes of the same events, key
 * by key and to the bit of each event. All of them are held in memory: for tests and benchmarks.
 */
public final class StoreParity {
  private static final int GROUP = 500;

  private final FeaturePlan plan;
  private final Map<StoreKey, EntityState> expected = new LinkedHashMap<>();
  private final Map<StoreKey, ViewPlan> views = new HashMap<>();

  /**
   * What was found.
   *
   * @param keys of states that hold events
   * @param identical those whose state in the store holds the same
   * @param first a key of which this isn't so, for people; null for none
   */
  public record Counts(int keys, int identical, @Nullable String first) {
    /** Whether the store has all there is. */
    public boolean isWhole() {
      return keys == identical;
    }
  }

  /** Computes the states of all views from the rows of all sources, in any order. */
  public StoreParity(FeaturePlan plan, List<SourceRow> rows) {
    this.plan = plan;
    Map<List<Object>, List<SourceRow>> byId = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      SourceRow row = rows.get(i);
      Object id = row.id() == null ? Integer.valueOf(i) : row.id();
      byId.computeIfAbsent(List.of(row.source(), id), k -> new ArrayList<>()).add(row);
    }
    Router router = new Router(plan, plan.views());
    for (List<SourceRow> copies : byId.values()) {
      SourcePlan source = plan.sources().get(copies.get(0).source());
      copies.sort(Duplicates.order(source));
      for (SourceRow event : Duplicates.events(copies, source.latenessMicros())) {
        router.route(event, false, null, 0, false, (branch, key, row) -> add(branch, key, row));
      }
    }
  }

  private void add(int branch, String key, dev.lockstep.kernel.BranchRow row) {
    ViewPlan view = (ViewPlan) plan.branches().get(branch);
    StoreKey cell = EntityStateCodec.cellOf(view, key);
    views.put(cell, view);
    expected.computeIfAbsent(cell, c -> new EntityState(view)).add(row);
  }

  /**
   * Compares.
   *
   * @param nowMicros a time that the stream's progress isn't beyond: what no request can read any
   *     more from then on counts on neither side
   */
  public Counts compare(OnlineReader store, long nowMicros) {
    List<StoreKey> cells = new ArrayList<>(expected.keySet());
    int keys = 0;
    int identical = 0;
    String first = null;
    for (int from = 0; from < cells.size(); from += GROUP) {
      List<StoreKey> group = cells.subList(from, Math.min(from + GROUP, cells.size()));
      List<byte @Nullable []> there = store.read(group).toCompletableFuture().join();
      for (int i = 0; i < group.size(); i++) {
        StoreKey cell = group.get(i);
        byte[] wanted = eventsOf(cell, expected.get(cell), nowMicros);
        if (wanted.length == 0) {
          continue;
        }
        keys++;
        if (Arrays.equals(wanted, eventsOf(cell, read(cell, there.get(i)), nowMicros))) {
          identical++;
        } else if (first == null) {
          first = cell.space() + " " + cell.entityKey() + (there.get(i) == null ? " (none)" : "");
        }
      }
    }
    return new Counts(keys, identical, first);
  }

  private @Nullable EntityState read(StoreKey cell, byte @Nullable [] bytes) {
    return bytes == null ? null : new EntityStateCodec(view(cell)).fromBytes(bytes);
  }

  private ViewPlan view(StoreKey cell) {
    ViewPlan view = views.get(cell);
    if (view == null) {
      throw new IllegalArgumentException("no view's cell: " + cell);
    }
    return view;
  }

  /** No bytes for no events. */
  private byte[] eventsOf(StoreKey cell, @Nullable EntityState state, long nowMicros) {
    if (state == null) {
      return new byte[0];
    }
    state.prune(Micros.minusSaturating(nowMicros, view(cell).requestLatenessMicros()));
    return state.isEmpty() ? new byte[0] : EntityStateCodec.eventsOf(state);
  }
}
