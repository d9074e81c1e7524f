package dev.lockstep.beam.batch;

import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * Features on their way from rows to columns: whole answers are copied row by row into a small
 * array, and turned into columns many rows at a time. Twenty columns written a value at a time are
 * as many places of memory at once, and cost more than the values.
 */
final class FeatureStage {
  private static final int MOST_VALUES = 1 << 13;
  private static final int MOST_ROWS = 1 << 7;

  private final FeatureColumn[] features;
  private final VectorAssembler assembler;

  /** The whole vector, for expressions that read it; null where there are none. */
  private final @Nullable Values vector;

  /** Where each ask's answer begins in a staged row. */
  private final int[] offsets;

  /** Where each feature is in a staged row; -1 for text, which isn't staged. */
  private final int[] places;

  private final int width;
  private final int capacity;
  private final long[] bits;
  private final boolean[] present;
  private int rows;

  FeatureStage(FeaturePlan plan) {
    this.features = plan.features().toArray(FeatureColumn[]::new);
    this.assembler = new VectorAssembler(plan);
    this.vector = plan.derived().isEmpty() ? null : new Values(plan.featureTypes());
    this.offsets = new int[plan.asks().size()];
    int end = 0;
    for (Ask ask : plan.asks()) {
      offsets[ask.index()] = end;
      end += plan.branchOf(ask).resultTypes().size();
    }
    this.places = new int[features.length];
    for (int f = 0; f < features.length; f++) {
      int place = vector != null ? f : offsets[features[f].ask()] + features[f].slot();
      places[f] = features[f].type() == ValueType.STRING ? -1 : place;
    }
    this.width = Math.max(1, vector != null ? features.length : end);
    this.capacity = Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / width));
    this.bits = new long[width * capacity];
    this.present = new boolean[width * capacity];
  }

  /**
   * Takes a row.
   *
   * @param columns of the features; text is appended at once, the rest may wait for {@link #flush}
   */
  void row(Values request, @Nullable Values[] answers, ColumnVector[] columns, int firstColumn) {
    int at = rows * width;
    if (vector != null) {
      assembler.values(request, answers, vector);
      vector.copyTo(bits, present, at);
    } else {
      for (int a = 0; a < offsets.length; a++) {
        assembler.answerOf(a, answers).copyTo(bits, present, at + offsets[a]);
      }
    }
    for (int f = 0; f < places.length; f++) {
      if (places[f] < 0) {
        Values from = vector != null ? vector : assembler.answerOf(features[f].ask(), answers);
        columns[firstColumn + f].append(from, vector != null ? f : features[f].slot());
      }
    }
    if (++rows == capacity) {
      flush(columns, firstColumn);
    }
  }

  /** Takes a row whose features are there already; otherwise as the other. */
  void row(Values features, ColumnVector[] columns, int firstColumn) {
    int at = rows * width;
    for (int f = 0; f < places.length; f++) {
      if (places[f] < 0) {
        columns[firstColumn + f].append(features, f);
      } else {
        bits[at + places[f]] = features.isNull(f) ? 0 : features.bits(f);
        present[at + places[f]] = !features.isNull(f);
      }
    }
    if (++rows == capacity) {
      flush(columns, firstColumn);
    }
  }

  /** Appends all that waits to its columns. */
  void flush(ColumnVector[] columns, int firstColumn) {
    for (int f = 0; f < places.length; f++) {
      if (places[f] >= 0) {
        columns[firstColumn + f].append(bits, present, places[f], width, rows);
      }
    }
    rows = 0;
  }
}
