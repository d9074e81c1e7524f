package dev.lockstep.training.train;

import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.ScoreReport;
import dev.lockstep.training.evaluate.TestRows;
import dev.lockstep.wire.ScoreCalibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that judge a model: the labelled ones of the end of the time range. */
public final class TestPart {
  private final TrainingRows rows;
  private final int[] selected;

  private TestPart(TrainingRows rows, int[] selected) {
    this.rows = rows;
    this.selected = selected;
  }

  /**
   * The rows that judge a model of a training.
   *
   * @param rows of the training, or of another set of the same requests
   * @throws TrainingException unless both labels occur among them
   */
  public static TestPart of(TrainingReport report, TrainingRows rows) {
    return new TestPart(
        rows, TimeSplit.testRows(rows, Micros.of(report.testFrom()), Micros.of(report.until())));
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

  float[] scores(byte[] trees, @Nullable ScoreCalibration calibration, int[] features) {
    return Trees.predict(trees, calibration, rows, selected, features);
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
