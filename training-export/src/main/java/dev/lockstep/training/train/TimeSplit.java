package dev.lockstep.training.train;

import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import java.util.Arrays;

/**
 * The labelled rows, parted by time, as a model meets a future that it hasn't seen: trees are grown
 * from the first part, the second chooses how many, the third judges them and chooses nothing.
 *
 * @param firstMicros event time of the first labelled row
 * @param lastMicros event time of the last labelled row
 * @param validationMicros event time from which on rows validate
 * @param testMicros event time from which on rows test
 * @param training indexes of the rows before {@code validationMicros}, ascending
 * @param validation indexes of the rows from there to before {@code testMicros}, ascending
 * @param test indexes of the rows from {@code testMicros} on, ascending
 * @param unlabelled how many rows have no label and are in none
 */
record TimeSplit(
    long firstMicros,
    long lastMicros,
    long validationMicros,
    long testMicros,
    int[] training,
    int[] validation,
    int[] test,
    int unlabelled) {

  /**
   * The split by shares of the time range, not of the rows.
   *
   * @throws TrainingException unless all parts hold rows of both labels
   */
  static TimeSplit of(TrainingRows rows, double validationShare, double testShare) {
    int[] labelled = labelled(rows);
    refuseOneLabel("the training set", rows, labelled);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int row : labelled) {
      first = Math.min(first, rows.eventTimeMicros(row));
      last = Math.max(last, rows.eventTimeMicros(row));
    }
    long testFrom = last - (long) ((last - first) * testShare);
    long validationFrom = last - (long) ((last - first) * (testShare + validationShare));
    int[] training = between(rows, labelled, Long.MIN_VALUE, validationFrom);
    int[] validation = between(rows, labelled, validationFrom, testFrom);
    int[] test = between(rows, labelled, testFrom, Long.MAX_VALUE);
    String from = " from " + Micros.toInstant(testFrom) + " on, which tests,";
    refuseOneLabel("its part before " + Micros.toInstant(validationFrom), rows, training);
    refuseOneLabel(
        "its part from "
            + Micros.toInstant(validationFrom)
            + " to "
            + Micros.toInstant(testFrom)
            + ", which validates,",
        rows,
        validation);
    refuseOneLabel("its part" + from, rows, test);
    return new TimeSplit(
        first,
        last,
        validationFrom,
        testFrom,
        training,
        validation,
        test,
        rows.size() - labelled.length);
  }

  /** The rows before the test part: training, then validation. */
  int[] beforeTest() {
    int[] both = Arrays.copyOf(training, training.length + validation.length);
    System.arraycopy(validation, 0, both, training.length, validation.length);
    return both;
  }

  /**
   * The labelled rows from an event time on: the test part of another model's split.
   *
   * @throws TrainingException unless both labels occur among them
   */
  static int[] testRows(TrainingRows rows, long fromMicros) {
    int[] test = between(rows, labelled(rows), fromMicros, Long.MAX_VALUE);
    refuseOneLabel("the part from " + Micros.toInstant(fromMicros) + " on", rows, test);
    return test;
  }

  // Long.MAX_VALUE as the end takes every row: no event happens then.
  private static int[] between(TrainingRows rows, int[] selected, long from, long to) {
    return Arrays.stream(selected)
        .filter(r -> rows.eventTimeMicros(r) >= from && rows.eventTimeMicros(r) < to)
        .toArray();
  }

  private static int[] labelled(TrainingRows rows) {
    if (rows.size() == 0) {
      throw new TrainingException(
          "the training set has no rows", "export a range of time in which requests occur");
    }
    int[] labelled = new int[rows.size()];
    int count = 0;
    for (int row = 0; row < labelled.length; row++) {
      if (!Float.isNaN(rows.label(row))) {
        labelled[count++] = row;
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
