package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.EntityRecord;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.plan.Branch;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the keys of one space, one after the other. Not thread-safe. */
abstract class KeyKernel {
  /** Takes requests with what the branches of the space answered. */
  interface Sink {
    /**
     * Takes an answered request.
     *
     * @param answers by ask index; null where nothing was asked or the branch isn't of the space
     */
    void answered(RoutedRow request, @Nullable Values[] answers) throws IOException;
  }

  final KeySpace space;
  final Branch[] branches;

  /** What the branches answer, by their place in the space. */
  final Values[] results;

  /** What was answered to a request, by ask index. */
  final @Nullable Values[] answers;

  KeyKernel(KeySpace space, int asksOfPlan) {
    this.space = space;
    this.branches = space.branches().toArray(Branch[]::new);
    this.results =
        space.branches().stream().map(b -> new Values(b.resultTypes())).toArray(Values[]::new);
    this.answers = new @Nullable Values[asksOfPlan];
  }

  /**
   * The next key begins.
   *
   * @param held what its branches hold from before; null for nothing
   */
  abstract void begin(String key, @Nullable EntityRecord held) throws IOException;

  /** A row of the key, in knowledge order. */
  abstract void row(RoutedRow row, Sink sink) throws IOException;

  /** All rows of the key have come. */
  abstract void end(Sink sink) throws IOException;

  /** What was counted of all keys, by name; nothing but of a label. */
  Map<String, Long> counts() {
    return Map.of();
  }

  /**
   * What the branches hold of the key behind its last row, by place; null where it is nothing.
   *
   * @param cutMicros requests to come are available from here on
   */
  abstract List<byte @Nullable []> states(long cutMicros);

  static boolean isIn(long mask, int place) {
    return (mask >>> place & 1) != 0;
  }

  /**
   * A row as a branch takes it.
   *
   * @param into filled with the event's columns and kept in the row; null to make a new one
   */
  final BranchRow branchRow(
      RoutedRow row, int place, boolean isEvent, boolean isRequest, @Nullable Values into) {
    Values values = null;
    Values carried = row.values;
    if (isEvent && carried != null && !row.deletes) {
      values = into != null ? into : new Values(branches[place].columnTypes());
      int[] places = row.layout.placesOf(place);
      for (int i = 0; i < places.length; i++) {
        if (places[i] < 0) {
          values.setString(i, row.key);
        } else {
          values.copy(i, carried, places[i]);
        }
      }
    }
    return new BranchRow(
        isEvent,
        isRequest,
        row.eventTimeMicros,
        row.availableAtMicros,
        row.sequence,
        values,
        null,
        row.row);
  }
}
