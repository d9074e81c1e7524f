package dev.lockstep.cli.tables;

import dev.lockstep.beam.stream.GuardedWrites;
import dev.lockstep.beam.stream.TableLoads;
import dev.lockstep.beam.stream.TableSpace;
import dev.lockstep.cli.history.Given;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.kernel.TableCell;
import dev.lockstep.kernel.TableVersion;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.project.History;
import dev.lockstep.serving.redis.RedisKeys;
import dev.lockstep.serving.redis.RedisStore;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes all versions of the tables of a plan into the online store, key by key (C10).
 *
 * <p>Each load has a number, greater than that of the load before, under which its cells are
 * written: what it brings counts, and cells of earlier numbers are of keys that it doesn't bring.
 */
public final class TableLoader {
  private static final int REMOVED_AT_ONCE = 1_000;

  private final FeaturePlan plan;
  private final History history;
  private final RedisStore store;
  private final LeftOut leftOut;

  /**
   * @param leftOut takes the rows that the plan can't use
   */
  public TableLoader(FeaturePlan plan, History history, RedisStore store, LeftOut leftOut) {
    this.plan = plan;
    this.history = history;
    this.store = store;
    this.leftOut = leftOut;
  }

  /**
   * Loads every table of the plan from its history, whole.
   *
   * @param replace whether keys are removed from the store that the history no longer has
   * @return what was done, table by table
   * @throws IOException if nothing is given of a table
   */
  public List<TableLoad> load(boolean replace) throws IOException {
    List<TableLoad> loads = new ArrayList<>();
    Set<Integer> done = new TreeSet<>();
    try (OnlineReader reader = store.openReader();
        OnlineWriter writer = store.openWriter();
        RedisKeys keys = store.openKeys()) {
      for (LookupPlan lookup : plan.lookups()) {
        if (done.add(lookup.source())) {
          loads.add(load(lookup, replace, reader, writer, keys));
        }
      }
    }
    return loads;
  }

  private TableLoad load(
      LookupPlan lookup, boolean replace, OnlineReader reader, OnlineWriter writer, RedisKeys keys)
      throws IOException {
    SourcePlan table = plan.sources().get(lookup.source());
    List<Path> given = Given.of(history, table);
    long load = TableLoads.begin(reader, writer, table.name());
    Map<String, List<TableVersion>> versions =
        new TableHistory(plan, lookup, load, leftOut).read(given);
    TableVersionsCodec codec = new TableVersionsCodec(table);
    GuardedWrites writes = new GuardedWrites(writer);
    versions.forEach(
        (key, of) -> {
          TableCell cell = TableCell.of(codec.allFields(), of);
          writes.write(
              new StateWrite(
                  new StoreKey(TableSpace.of(table.name()), key),
                  cell.markOfWhole(load),
                  codec.toBytes(cell)));
        });
    writes.await();
    return gone(table, load, replace, keys, new TableLoad.Written(writes.all(), writes.taken()));
  }

  /** Looks for the keys that the store has and this load hasn't brought. */
  private static TableLoad gone(
      SourcePlan table, long load, boolean replace, RedisKeys keys, TableLoad.Written written) {
    TreeSet<String> first = new TreeSet<>();
    long[] count = {0, 0};
    List<StoreKey> page = new ArrayList<>();
    keys.forEachBefore(
        TableSpace.of(table.name()),
        load,
        key -> {
          count[0]++;
          first.add(key.entityKey());
          if (first.size() > TableLoad.SHOWN) {
            first.pollLast();
          }
          if (replace) {
            page.add(key);
            if (page.size() >= REMOVED_AT_ONCE) {
              count[1] += keys.removeBefore(page, load);
              page.clear();
            }
          }
        });
    if (!page.isEmpty()) {
      count[1] += keys.removeBefore(page, load);
    }
    return new TableLoad(
        table.name(), load, written, new TableLoad.Gone(count[0], count[1], List.copyOf(first)));
  }
}
