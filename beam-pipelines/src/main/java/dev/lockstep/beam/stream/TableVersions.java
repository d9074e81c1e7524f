package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.TableCell;
import dev.lockstep.kernel.TableState;
import dev.lockstep.kernel.TableVersion;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.value.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a plan's tables, put together from what its lookups hold of them: each lookup
 * holds all versions, and those fields that it reads. In memory, as loading a table from its
 * history is.
 */
final class TableVersions {
  private record Time(long effectiveFrom, long availableAt) implements Comparable<Time> {
    @Override
    public int compareTo(Time other) {
      int by = Long.compare(effectiveFrom, other.effectiveFrom);
      return by != 0 ? by : Long.compare(availableAt, other.availableAt);
    }
  }

  /** Of the fields' values; a version without any is a deletion. */
  private record Version(TableVersion last, @Nullable Values fields) {
    TableVersion whole() {
      return new TableVersion(
          last.effectiveFromMicros(),
          last.availableAtMicros(),
          last.load(),
          last.position(),
          fields);
    }
  }

  private final FeaturePlan plan;
  private final Map<Integer, TableVersionsCodec> codecs = new HashMap<>();
  private final Map<Integer, Map<String, TreeMap<Time, Version>>> tables = new TreeMap<>();

  /** The keys of each table of which older versions were dropped. */
  private final Map<Integer, Set<String>> olderDropped = new HashMap<>();

  /** Of rows, by lookup and key: of versions of one time, the one that counts (C10). */
  private final Map<LookupPlan, Map<String, TableState>> ofRows = new HashMap<>();

  TableVersions(FeaturePlan plan) {
    this.plan = plan;
  }

  private TableVersionsCodec codec(int source) {
    return codecs.computeIfAbsent(source, s -> new TableVersionsCodec(plan.sources().get(s)));
  }

  private TreeMap<Time, Version> of(int source, String key) {
    return tables
        .computeIfAbsent(source, s -> new HashMap<>())
        .computeIfAbsent(key, k -> new TreeMap<>());
  }

  /** Takes what a lookup holds of a key. */
  void add(LookupPlan lookup, String key, TableState state) {
    if (state.olderDropped()) {
      olderDropped.computeIfAbsent(lookup.source(), s -> new HashSet<>()).add(key);
    }
    SourcePlan table = plan.sources().get(lookup.source());
    TreeMap<Time, Version> known = of(lookup.source(), key);
    for (TableVersion version : state.versions()) {
      Values values = version.values();
      Time time = new Time(version.effectiveFromMicros(), version.availableAtMicros());
      if (values == null) {
        known.put(time, new Version(version, null));
        continue;
      }
      Version there = known.get(time);
      Values fields =
          there != null && there.fields != null
              ? there.fields
              : new Values(codec(lookup.source()).fieldTypes());
      for (int i = 0; i < lookup.columns().size(); i++) {
        fields.copy(table.columns().get(lookup.columns().get(i)).component(), values, i);
      }
      known.putIfAbsent(time, new Version(version, fields));
    }
  }

  /** Takes a version as it was read. */
  void add(SourceRow row) {
    SourcePlan table = plan.sources().get(row.source());
    int deleted = table.deletedColumn();
    boolean isDeletion =
        deleted >= 0 && !row.values().isNull(deleted) && row.values().getBoolean(deleted);
    for (LookupPlan lookup : plan.lookups()) {
      String key = EntityKeys.of(row.values(), lookup.eventKey());
      if (lookup.source() != row.source() || key == null) {
        continue;
      }
      Values values = null;
      if (!isDeletion) {
        values = new Values(lookup.columnTypes());
        for (int i = 0; i < lookup.columns().size(); i++) {
          values.copy(i, row.values(), lookup.columns().get(i));
        }
      }
      ofRows
          .computeIfAbsent(lookup, l -> new HashMap<>())
          .computeIfAbsent(key, k -> new TableState(lookup))
          .add(
              new TableVersion(
                  row.eventTimeMicros(), row.availableAtMicros(), 0, row.sequence(), values));
    }
  }

  /** Takes cells, one by one. */
  private interface Sink {
    void cell(SourcePlan table, StoreKey key, TableCell cell);
  }

  private void forEach(Sink sink) {
    ofRows.forEach((lookup, keys) -> keys.forEach((key, state) -> add(lookup, key, state)));
    ofRows.clear();
    tables.forEach(
        (source, keys) -> {
          SourcePlan table = plan.sources().get(source);
          TreeSet<Integer> fields = new TreeSet<>();
          for (LookupPlan lookup : plan.lookups()) {
            if (lookup.source() == source) {
              lookup.columns().forEach(c -> fields.add(table.columns().get(c).component()));
            }
          }
          keys.forEach(
              (key, versions) ->
                  sink.cell(
                      table,
                      new StoreKey(TableSpace.of(table.name()), key),
                      new TableCell(
                          fields,
                          versions.values().stream().map(Version::whole).toList(),
                          olderDropped.getOrDefault(source, Set.of()).contains(key))));
        });
  }

  /**
   * Looks whether writing all leaves each cell with the fields that any feature set reads.
   *
   * @throws SnapshotException if it doesn't
   */
  void check(OnlineReader reader) {
    SharedTables shared = new SharedTables(plan.name(), reader);
    forEach((table, key, cell) -> shared.check(codec(table.index()), table, key, cell));
    shared.await();
  }

  /**
   * Writes all, so that versions loaded from the table's whole history win over them: theirs hold
   * all fields.
   */
  void write(OnlineReader reader, long cutMicros, GuardedWrites writes) {
    Map<Integer, Long> loads = new HashMap<>();
    forEach(
        (table, key, cell) -> {
          TableVersionsCodec codec = codec(table.index());
          // Of the last whole load's generation: what it wrote stays unless this knows later ones.
          long load =
              loads.computeIfAbsent(table.index(), t -> TableLoads.last(reader, table.name()));
          writes.write(
              new StateWrite(
                  key, cell.mark(load, codec.fieldTypes().size(), cutMicros), codec.toBytes(cell)));
        });
  }
}
