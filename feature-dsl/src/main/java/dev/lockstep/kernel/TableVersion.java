package dev.lockstep.kernel;

import dev.lockstep.value.ValueOrder;
import dev.lockstep.value.Values;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a table's row.
 *
 * @param load the number of the load that brought it; 0 where there is only one: batch and topics
 * @param position where it stood within its load: {@link #positionInFiles}, or the packed
 *     (partition, offset)
 * @param values the fields that a lookup reads; null for a deletion
 * @param unreadable places of fields that couldn't be read, ascending: to those who read one of
 *     them the version isn't there (C13, C17)
 */
public record TableVersion(
    long effectiveFromMicros,
    long availableAtMicros,
    long load,
    long position,
    @Nullable Values values,
    List<Integer> unreadable) {

  /** A version all of whose fields could be read. */
  public TableVersion(
      long effectiveFromMicros,
      long availableAtMicros,
      long load,
      long position,
      @Nullable Values values) {
    this(effectiveFromMicros, availableAtMicros, load, position, values, List.of());
  }

  /** By time; of versions equal in that, the last one counts (C10). */
  public static final Comparator<TableVersion> TIME =
      Comparator.comparingLong(TableVersion::effectiveFromMicros)
          .thenComparingLong(TableVersion::availableAtMicros);

  static final Comparator<TableVersion> POSITION =
      Comparator.comparingLong(TableVersion::load).thenComparingLong(TableVersion::position);

  private static final int ROW_BITS = 40;

  /**
   * One number that orders like (file, row).
   *
   * @param file the file's place among those of its load, by relative path in byte order
   * @param row its row in the file
   * @throws IllegalArgumentException if the file is not in [0, 2^23) or the row not in [0, 2^40)
   */
  public static long positionInFiles(int file, long row) {
    if (file < 0 || file >= 1 << 23 || row < 0 || row >= 1L << ROW_BITS) {
      throw new IllegalArgumentException(
          "file " + file + ", row " + row + ": beyond what a position can hold");
    }
    return ((long) file << ROW_BITS) | row;
  }

  /**
   * Which of two versions with equal times counts: the last one. Where even their positions are
   * equal, always the same one: a deletion, else the greater values.
   */
  static TableVersion last(TableVersion a, TableVersion b) {
    int by = POSITION.compare(a, b);
    if (by != 0) {
      return by > 0 ? a : b;
    }
    if (a.values == null || b.values == null) {
      return a.values == null ? a : b;
    }
    return ValueOrder.compare(a.values, b.values) >= 0 ? a : b;
  }

  /**
   * Where the versions begin that requests of an event time or later can need: at the greatest one
   * that all of them know and find in effect, having been available before that time and in effect
   * by then.
   *
   * @param versions by time, no two of one time
   */
  static int firstNeeded(List<TableVersion> versions, long oldestEventTimeMicros) {
    for (int i = versions.size() - 1; i > 0; i--) {
      TableVersion version = versions.get(i);
      if (version.unreadable.isEmpty()
          && version.effectiveFromMicros <= oldestEventTimeMicros
          && version.availableAtMicros < oldestEventTimeMicros) {
        return i;
      }
    }
    return 0;
  }

  /** Whether it is in effect and known to a request (C10). */
  boolean holdsFor(BranchRow request) {
    return holdsFor(effectiveFromMicros, availableAtMicros, request);
  }

  /** As {@link #holdsFor(BranchRow)}, of a version's times. */
  static boolean holdsFor(long effectiveFrom, long availableAt, BranchRow request) {
    return effectiveFrom <= request.eventTimeMicros() && availableAt < request.availableAtMicros();
  }
}
