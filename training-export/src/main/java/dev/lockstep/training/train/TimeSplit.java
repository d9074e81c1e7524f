package dev.lockstep.training.train;

import dev.lockstep.define.DurationText;
import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * The labelled rows, parted by time, as a model meets a future that it hasn't seen: trees are grown
 * from the first part, the second chooses how many, the third judges them and chooses nothing.
 *
 * <p>Between two parts lies the label's wait: a row is in a part only if its label was known before
 * the next one begins. Who trains at that instant couldn't have learnt from others.
 *
 * @param firstMicros event time of the first labelled row
 * @param lastMicros event time of the last labelled row
 * @param validationMicros event time from which on rows validate
 * @param testMicros event time from which on rows test
 * @param training indexes of the rows whose labels were known before {@code validationMicros},
 *     ascending
 * @param validation indexes of the rows from there on whose labels were known before {@code
 *     testMicros}, ascending
 * @param test indexes of the rows from {@code testMicros} on, ascending
 * @param beforeTest indexes of all rows whose labels were known before {@code testMicros}, those
 *     between the parts too, ascending
 * @param purgedTraining how many rows before {@code validationMicros} are in no part
 * @param purgedValidation how many rows from there to before {@code testMicros} are in no part
 * @param young how many labelled rows are in no part, since others of their time aren't known yet
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
    int[] beforeTest,
    int purgedTraining,
    int purgedValidation,
    int young,
    int unlabelled) {

  /**
   * The split by shares of the time range, not of the rows; of what is left of it where two waits
   * for the label are taken out.
   *
   * @throws TrainingException unless all parts hold rows of both labels, and if the range has no
   *     room for two waits
   */
  static TimeSplit of(TrainingRows rows, double validationShare, double testShare, LabelWait wait) {
    int[] all = labelled(rows);
    int[] labelled =
        Arrays.stream(all).filter(r -> !wait.isYoung(rows.eventTimeMicros(r))).toArray();
    refuseOneLabel(
        all.length == labelled.length
            ? "the training set"
            : "what is old enough of the training set, before "
                + Micros.toInstant(wait.untilMicros() - wait.micros())
                + ",",
        rows,
        labelled);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int row : labelled) {
      first = Math.min(first, rows.eventTimeMicros(row));
      last = Math.max(last, rows.eventTimeMicros(row));
    }
    long range = withoutWaits(last - first, wait);
    long testFrom = last - (long) (range * testShare);
    long validationFrom = last - (long) (range * (testShare + validationShare)) - wait.micros();
    int[] early = between(rows, labelled, Long.MIN_VALUE, validationFrom);
    int[] middle = between(rows, labelled, validationFrom, testFrom);
    int[] training = knownBefore(rows, early, validationFrom, wait);
    int[] validation = knownBefore(rows, middle, testFrom, wait);
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
        knownBefore(rows, between(rows, labelled, Long.MIN_VALUE, testFrom), testFrom, wait),
        early.length - training.length,
        middle.length - validation.length,
        all.length - labelled.length,
        rows.size() - all.length);
  }

  /** How much of a time range the parts share, where a wait lies between any two. */
  private static long withoutWaits(long range, LabelWait wait) {
    long left = range / 2 < wait.micros() ? -1 : range - 2 * wait.micros();
    if (left <= 0 && wait.micros() > 0) {
      throw new TrainingException(
          "the labelled rows are of "
              + duration(range)
              + ", and a label may become known up to "
              + duration(wait.micros())
              + " after its request: what trains couldn't be known before what validates, and that"
              + " before what tests",
          "export a range of time well over twice as long as that, or give the label a shorter"
              + " within, or its source a shorter lateness");
    }
    return left;
  }

  static String duration(long micros) {
    return DurationText.of(Duration.of(micros, ChronoUnit.MICROS));
  }

  /**
   * The labelled rows from an event time on: the test part of another model's split.
   *
   * @param lastMicros event time of the last of them
   * @throws TrainingException unless both labels occur among them
   */
  static int[] testRows(TrainingRows rows, long fromMicros, long lastMicros) {
    int[] test = between(rows, labelled(rows), fromMicros, lastMicros + 1);
    refuseOneLabel("the part from " + Micros.toInstant(fromMicros) + " on", rows, test);
    return test;
  }

  // Long.MAX_VALUE as the end takes every row: no event happens then.
  private static int[] between(TrainingRows rows, int[] selected, long from, long to) {
    return Arrays.stream(selected)
        .filter(r -> rows.eventTimeMicros(r) >= from && rows.eventTimeMicros(r) < to)
        .toArray();
  }

  private static int[] knownBefore(
      TrainingRows rows, int[] selected, long beforeMicros, LabelWait wait) {
    return Arrays.stream(selected)
        .filter(r -> wait.knownByMicros(rows.eventTimeMicros(r)) < beforeMicros)
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
