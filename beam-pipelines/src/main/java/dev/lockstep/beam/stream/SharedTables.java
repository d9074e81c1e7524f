package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.kernel.TableCell;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The cells of tables that the online store holds already, which all feature sets share: a snapshot
 * holds the fields that its own plan reads, and may take none from others.
 */
final class SharedTables {
  private static final int GROUP = 500;
  private static final String CURE =
      "\n    cure: load the table whole first, from a history that reaches as far as the snapshot:"
          + " lockstep replay PROJECT --tables-only";

  private record Ours(TableVersionsCodec codec, SourcePlan table, StoreKey key, TableCell cell) {}

  private final String reading;
  private final OnlineReader reader;
  private final List<Ours> group = new ArrayList<>();

  /**
   * @param reading the feature set that the snapshot is of
   */
  SharedTables(String reading, OnlineReader reader) {
    this.reading = reading;
    this.reader = reader;
  }

  /**
   * Takes a cell to look at, and looks at some that it took before.
   *
   * @throws SnapshotException if one of those can be neither written nor left
   */
  void check(TableVersionsCodec codec, SourcePlan table, StoreKey key, TableCell cell) {
    group.add(new Ours(codec, table, key, cell));
    if (group.size() >= GROUP) {
      await();
    }
  }

  /**
   * Looks at the rest.
   *
   * @throws SnapshotException if one of it can be neither written nor left
   */
  void await() {
    List<StoreKey> keys = group.stream().map(Ours::key).toList();
    List<byte @Nullable []> there = reader.read(keys).toCompletableFuture().join();
    for (int i = 0; i < there.size(); i++) {
      byte[] bytes = there.get(i);
      if (bytes != null) {
        check(group.get(i), bytes);
      }
    }
    group.clear();
  }

  private void check(Ours ours, byte[] bytes) {
    TableCell there = ours.codec.readCell(bytes);
    if (there == null) {
      throw new SnapshotException(
          "the online store holds "
              + named(ours)
              + " of another record or format, which another feature set may read"
              + "\n    cure: give the table another name in this definition; or, if nobody reads"
              + " the old cells, remove them: in Redis the keys that begin with ls:"
              + ours.key.space()
              + ":",
          null);
    }
    int all = ours.codec.fieldTypes().size();
    // As if of one generation and cut: which ones the store's are, a reader isn't told.
    boolean stays = there.mark(0, all, 0).compareTo(ours.cell.mark(0, all, 0)) >= 0;
    TreeSet<Integer> lost = new TreeSet<>(stays ? ours.cell.fields() : there.fields());
    lost.removeAll(stays ? there.fields() : ours.cell.fields());
    if (!lost.isEmpty()) {
      throw lost(ours, stays, lost);
    }
  }

  private SnapshotException lost(Ours ours, boolean stays, SortedSet<Integer> fields) {
    String text =
        stays
            ? " without the fields %s, which %s reads, but as new as this snapshot's or newer:"
                + " another feature set that doesn't read them has loaded its own"
            : " with the fields %s, which %s doesn't read, so that this snapshot hasn't them: its"
                + " newer versions would take them from other feature sets";
    return new SnapshotException(
        "the online store holds "
            + named(ours)
            + String.format(Locale.ROOT, text, names(ours.table, fields), reading)
            + CURE,
        null);
  }

  private static String named(Ours ours) {
    return "table " + ours.table.name() + " (key " + ours.key.entityKey() + ")";
  }

  private static List<String> names(SourcePlan table, SortedSet<Integer> fields) {
    return fields.stream().map(f -> table.schema().components().get(f).name()).toList();
  }
}
