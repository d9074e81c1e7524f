package dev.lockstep.training.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How good scores are in a stretch of time.
 *
 * @param from the first instant in it, a whole hour, day or week since the epoch
 * @param until the first instant after it
 * @param rows those that happened in it
 * @param positives those of label 1
 * @param auc null where not both labels occur
 * @param logLoss the mean, in nats
 * @param meanScore what was predicted
 * @param rate the share of label 1, what came
 */
public record Period(
    Instant from,
    Instant until,
    int rows,
    int positives,
    @Nullable Double auc,
    double logLoss,
    double meanScore,
    double rate) {

  private static final int MOST = 16;
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(28),
          Duration.ofDays(91),
          Duration.ofDays(364));

  /**
   * The periods in which rows happened: of the shortest usual length of which there are at most 16.
   *
   * @param timesMicros when each row happened, microseconds since the epoch
   */
  static List<Period> of(float[] labels, float[] scores, long[] timesMicros) {
    long first = Arrays.stream(timesMicros).min().orElse(0);
    long last = Arrays.stream(timesMicros).max().orElse(0);
    long length = lengthMicros(first, last);
    Map<Long, List<Integer>> rowsOf = new TreeMap<>();
    for (int i = 0; i < timesMicros.length; i++) {
      rowsOf.computeIfAbsent(Math.floorDiv(timesMicros[i], length), k -> new ArrayList<>()).add(i);
    }
    List<Period> periods = new ArrayList<>();
    rowsOf.forEach((number, rows) -> periods.add(period(number, length, rows, labels, scores)));
    return periods;
  }

  private static long lengthMicros(long first, long last) {
    for (Duration length : LENGTHS) {
      long micros = length.toMillis() * 1000;
      if (Math.floorDiv(last, micros) - Math.floorDiv(first, micros) < MOST) {
        return micros;
      }
    }
    return (last - first) / (MOST - 1) + 1;
  }

  private static Period period(
      long number, long length, List<Integer> rows, float[] allLabels, float[] allScores) {
    float[] labels = new float[rows.size()];
    float[] scores = new float[rows.size()];
    int positives = 0;
    double loss = 0;
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = allLabels[rows.get(i)];
      scores[i] = allScores[rows.get(i)];
      positives += labels[i] == 1 ? 1 : 0;
      loss += Evaluation.loss(labels[i], scores[i]);
      sum += scores[i];
    }
    boolean both = positives > 0 && positives < labels.length;
    return new Period(
        instant(number * length),
        instant((number + 1) * length),
        labels.length,
        positives,
        both ? (Double) Evaluation.auc(labels, scores) : null,
        loss / labels.length,
        sum / labels.length,
        (double) positives / labels.length);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
  }
}
