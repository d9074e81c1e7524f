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
  private IdTexts ids = new IdTexts();
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

  /**
   * The rows in the order of event time, then id; {@code places} says where each row went, by its
   * index as it was added.
   */
  static final class Ordered {
    final int[] places;
    final long[] times;
    final long[] hashes;
    final float[] labels;

    private Ordered(int[] places, long[] times, long[] hashes, float[] labels) {
      this.places = places;
      this.times = times;
      this.hashes = hashes;
      this.labels = labels;
    }
  }

  /** Puts all in order; to be called once. One array after the other, so that few are twice. */
  Ordered ordered() {
    ids.seal();
    int[] order = TimeOrder.of(times, ids, size);
    ids = new IdTexts();
    times = permuted(times, order);
    hashes = permuted(hashes, order);
    float[] orderedLabels = new float[size];
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      orderedLabels[i] = labels[order[i]];
      places[order[i]] = i;
    }
    return new Ordered(places, times, hashes, orderedLabels);
  }

  private static long[] permuted(long[] values, int[] order) {
    return Arrays.stream(order).mapToLong(row -> values[row]).toArray();
  }
}
