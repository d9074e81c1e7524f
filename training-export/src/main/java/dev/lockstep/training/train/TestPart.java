package dev.lockstep.training.train;

import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.ScoreReport;
import dev.lockstep.training.evaluate.TestRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows that judge a model: the labelled ones from an event time on. */
public final class TestPart {
  private final TrainingRows rows;
  private final int[] selected;

  private TestPart(TrainingRows rows, int[] selected) {
    this.rows = rows;
    this.selected = selected;
  }

  /**
   * The labelled rows from a time on.
   *
   * @throws TrainingException unless both labels occur among them
   */
  public static TestPart from(Instant testFrom, TrainingRows rows) {
    return new TestPart(rows, TimeSplit.testRows(rows, Micros.of(testFrom)));
  }

  static TestPart of(TrainingRows rows, int[] selected) {
    return new TestPart(rows, selected);
  }

  /** How many rows. */
  public int size() {
    return selected.length;
  }

  /** Their labels, 0 or 1. */
  public float[] labels() {
    return rows.labels(selected);
  }

  /** What a model says of them. */
  public float[] scores(TrainedModel model) {
    return model.predict(rows, selected);
  }

  float[] scores(byte[] trees, int[] features) {
    return Trees.predict(trees, rows, selected, features);
  }

  /** Whether the other part has the same requests with the same labels. */
  public boolean isAlike(TestPart other) {
    if (size() != other.size() || !Arrays.equals(labels(), other.labels())) {
      return false;
    }
    for (int i = 0; i < selected.length; i++) {
      if (rows.requestHash(selected[i]) != other.rows.requestHash(other.selected[i])) {
        return false;
      }
    }
    return true;
  }

  /** What scores of these rows are worth. */
  public ScoreReport report(double threshold, float[] scores) {
    return ScoreReport.of(threshold, testRows(), scores);
  }

  /** What came, when, and of whom. */
  TestRows testRows() {
    long[] times = Arrays.stream(selected).mapToLong(rows::eventTimeMicros).toArray();
    List<TestRows.Keys> keys = new ArrayList<>();
    for (String entity : rows.entityNames()) {
      keys.add(new TestRows.Keys(entity, rows.keyCodes(entity, selected)));
    }
    return new TestRows(labels(), times, keys);
  }

  TrainingRows rows() {
    return rows;
  }
}
