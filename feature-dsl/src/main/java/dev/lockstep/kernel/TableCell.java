package dev.lockstep.kernel;

import dev.lockstep.store.StateMark;
import java.util.List;
import java.util.SortedSet;

/**
 * What the online store holds of one key of a table.
 *
 * @param fields places in {@link TableVersionsCodec#fieldTypes} of the fields that are there; the
 *     versions' other values are null
 * @param versions in the order of time; never empty
 */
public record TableCell(SortedSet<Integer> fields, List<TableVersion> versions) {

  /**
   * The mark under which it is stored (C11): what knows a later version wins; of two that know as
   * late ones, the one of more fields. Versions with all fields have the sequence 0.
   *
   * @param fieldsOfRecord how many fields the table's record has
   */
  public StateMark mark(long generation, int fieldsOfRecord) {
    long latest =
        versions.stream().mapToLong(TableVersion::availableAtMicros).max().orElse(Long.MIN_VALUE);
    return new StateMark(
        generation, latest, (long) fields.size() - fieldsOfRecord, versions.size());
  }
}
