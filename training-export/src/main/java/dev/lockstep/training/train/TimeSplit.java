package dev.lockstep.training.train;

import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import java.util.Arrays;

/**
 * The labelled rows, parted by time: trees are grown from those before a boundary and validated on
 * those from it on, as a model meets a future that it hasn't seen.
 *
 * @param firstMicros event time of the first labelled row
 * @param lastMicros event time of the last labelled row
 * @param boundaryMicros event time of which on rows validate
 * @param training indexes of the rows before the boundary, ascending
 * @param validation indexes of the rows from the boundary on, ascending
 * @param unlabelled how many rows have no label and are in neither
 */
record TimeSplit(
    long firstMicros,
    long lastMicros,
    long boundaryMicros,
    int[] training,
    int[] validation,
    int unlabelled) {

  /**
   * The split in which the last share of the time range, not of the rows, validates.
   *
   * @throws TrainingException unless both parts hold rows of both labels, and for labels that are
   *     neither 0, 1 nor null
   */
  static TimeSplit of(TrainingRows rows, double validationShare) {
    int[] labelled = labelled(rows);
    refuseOneLabel("the training set", rows, labelled);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int row : labelled) {
      first = Math.min(first, rows.eventTimeMicros(row));
      last = Math.max(last, rows.eventTimeMicros(row));
    }
    long boundary = last - (long) ((last - first) * validationShare);
    int[] training =
        Arrays.stream(labelled).filter(r -> rows.eventTimeMicros(r) < boundary).toArray();
    int[] validation =
        Arrays.stream(labelled).filter(r -> rows.eventTimeMicros(r) >= boundary).toArray();
    refuseOneLabel("its part before " + Micros.toInstant(boundary), rows, training);
    refuseOneLabel(
        "its part from " + Micros.toInstant(boundary) + " on, which validates,", rows, validation);
    return new TimeSplit(
        first, last, boundary, training, validation, rows.size() - labelled.length);
  }

  private static int[] labelled(TrainingRows rows) {
    if (rows.size() == 0) {
      throw new TrainingException(
          "the training set has no rows", "export a range of time in which requests occur");
    }
    int[] labelled = new int[rows.size()];
    int count = 0;
    for (int row = 0; row < labelled.length; row++) {
      float label = rows.label(row);
      if (label == 0 || label == 1) {
        labelled[count++] = row;
      } else if (!Float.isNaN(label)) {
        throw new TrainingException(
            "the label of request [" + rows.requestId(row) + "] is " + label + ", not 0 or 1",
            "let the label's expression answer a boolean, such as a comparison");
      }
    }
    if (count == 0) {
      throw new TrainingException(
          "none of the " + labelled.length + " rows has a label",
          "export requests old enough for the events that label them to be known");
    }
    return Arrays.copyOf(labelled, count);
  }

  private static void refuseOneLabel(String part, TrainingRows rows, int[] labelled) {
    int ones = 0;
    for (int row : labelled) {
      ones += rows.label(row) == 1 ? 1 : 0;
    }
    if (ones == 0 || ones == labelled.length) {
      throw new TrainingException(
          part
              + " has "
              + ones
              + " rows of label 1 and "
              + (labelled.length - ones)
              + " of label 0: there is nothing to tell apart",
          "export a longer range of time, in which both labels occur early and late, or check the"
              + " label's expression");
    }
  }
}
