package dev.lockstep.training;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Ids, event times and labels of a training set's rows, read before the features: with them each
 * row's place is known, and features go straight into it. Ids are text only as long as that takes.
 */
final class RequestColumns {
  private final IdTexts ids = new IdTexts();
  private long[] hashes;
  private long[] times;
  private float[] labels;
  private int size;

  /**
   * None yet.
   *
   * @param capacity how many there will probably be
   */
  RequestColumns(int capacity) {
    hashes = new long[capacity];
    times = new long[capacity];
    labels = new float[capacity];
  }

  /**
   * Appends rows.
   *
   * @throws TrainingException for a label that isn't 0, 1 or null
   */
  void add(ColumnVector idColumn, ColumnVector timeColumn, ColumnVector labelColumn, int count) {
    if (size + count > times.length) {
      int capacity = Math.addExact(size + count, (size + count) >> 1);
      hashes = Arrays.copyOf(hashes, capacity);
      times = Arrays.copyOf(times, capacity);
      labels = Arrays.copyOf(labels, capacity);
    }
    Values label = new Values(List.of(labelColumn.type()));
    for (int row = 0; row < count; row++, size++) {
      String id = Objects.requireNonNull(idColumn.getString(row));
      labelColumn.get(row, label, 0);
      labels[size] = TrainingRows.checkedLabel(id, label.asModelInput(0));
      times[size] = timeColumn.bits(row);
      hashes[size] = ids.add(id);
    }
  }

  /** How many rows. */
  int size() {
    return size;
  }

  /** The rows' indexes in the order of event time, then id. */
  int[] order() {
    ids.seal();
    return TimeOrder.of(times, ids, size);
  }

  /** The ids' hashes in an order. */
  long[] hashes(int[] order) {
    return Arrays.stream(order).mapToLong(row -> hashes[row]).toArray();
  }

  /** The event times in an order. */
  long[] times(int[] order) {
    return Arrays.stream(order).mapToLong(row -> times[row]).toArray();
  }

  /** The labels in an order. */
  float[] labels(int[] order) {
    float[] ordered = new float[order.length];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = labels[order[i]];
    }
    return ordered;
  }
}
