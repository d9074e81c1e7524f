package dev.lockstep.kernel;

import dev.lockstep.store.StateMark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the online store holds of one key of a table.
 *
 * @param fields places in {@link TableVersionsCodec#fieldTypes} of the fields that are there; the
 *     versions' other values are null
 * @param versions by time, and the last of one time last: more than one of a time only where the
 *     last has unreadable fields; never empty
 * @param olderDropped whether there were versions before these
 */
public record TableCell(
    SortedSet<Integer> fields, List<TableVersion> versions, boolean olderDropped) {

  /**
   * The cell of all versions of a key, brought in any order by any loads: of those with equal times
   * the last one counts (C10). Where that has unreadable fields, those before it stay for who reads
   * these, up to one that all can read.
   */
  public static TableCell of(SortedSet<Integer> fields, Collection<TableVersion> all) {
    List<TableVersion> sorted = new ArrayList<>(all);
    sorted.sort(TableVersion.TIME.thenComparing(TableVersion.POSITION));
    List<TableVersion> versions = new ArrayList<>(sorted.size());
    for (TableVersion version : sorted) {
      int last = versions.size() - 1;
      if (version.unreadable().isEmpty()
          && last >= 0
          && TableVersion.TIME.compare(versions.get(last), version) == 0) {
        while (last > 0 && TableVersion.TIME.compare(versions.get(last - 1), version) == 0) {
          versions.remove(last--);
        }
        versions.set(last, TableVersion.last(versions.get(last), version));
      } else {
        versions.add(version);
      }
    }
    return new TableCell(new TreeSet<>(fields), versions, false);
  }

  /**
   * The same without the versions that no request can need whose event time is a given one or later
   * (C10).
   */
  public TableCell prunedTo(long oldestEventTimeMicros) {
    int first = TableVersion.firstNeeded(versions, oldestEventTimeMicros);
    return first == 0
        ? this
        : new TableCell(fields, List.copyOf(versions.subList(first, versions.size())), true);
  }

  /**
   * The mark under which a load of the whole table stores it (C11): of all that is of its
   * generation, only what knows a later version wins over it.
   *
   * @param load the number of the load
   */
  public StateMark markOfWhole(long load) {
    return new StateMark(load, latest(), 0, Long.MAX_VALUE);
  }

  /**
   * The mark under which a snapshot's is stored (C11): what knows a later version wins; of two that
   * know as late ones, the one of more fields, then the later snapshot.
   *
   * @param fieldsOfRecord how many fields the table's record has
   */
  public StateMark mark(long generation, int fieldsOfRecord, long cutMicros) {
    return new StateMark(generation, latest(), (long) fields.size() - fieldsOfRecord, cutMicros);
  }

  private long latest() {
    return versions.stream()
        .mapToLong(TableVersion::availableAtMicros)
        .max()
        .orElse(Long.MIN_VALUE);
  }
}
