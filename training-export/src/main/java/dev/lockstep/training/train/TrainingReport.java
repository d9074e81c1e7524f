package dev.lockstep.training.train;

import dev.lockstep.training.evaluate.Calibration;
import dev.lockstep.training.evaluate.Evaluation;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a training went.
 *
 * @param from event time of the first labelled row
 * @param until event time of the last labelled row
 * @param boundary event time from which on rows validated
 * @param trainingRows those that trees were grown from
 * @param validationRows those that they were validated on
 * @param unlabelledRows those left out, since their label is null
 * @param rounds the trees grown
 * @param bestRound the trees kept: as many as gave the greatest validation AUC
 * @param gains each feature's share of the loss that splits took away, greatest first; features
 *     that no split reads are absent
 * @param validation at the threshold of greatest F1
 * @param calibration of the validation scores, in ten bins
 */
public record TrainingReport(
    Instant from,
    Instant until,
    Instant boundary,
    int trainingRows,
    int validationRows,
    int unlabelledRows,
    int rounds,
    int bestRound,
    Map<String, Double> gains,
    Evaluation validation,
    Calibration calibration) {

  private static final int GAINS_SHOWN = 8;

  public TrainingReport {
    gains = Collections.unmodifiableMap(new LinkedHashMap<>(gains));
  }

  /** All labelled rows: those that trees were grown from and those they were validated on. */
  public int rows() {
    return trainingRows + validationRows;
  }

  /** Some lines for people. */
  public String summary() {
    String top =
        gains.entrySet().stream()
            .limit(GAINS_SHOWN)
            .map(g -> String.format(Locale.ROOT, "%s %.1f %%", g.getKey(), 100 * g.getValue()))
            .collect(Collectors.joining(", "));
    return String.join(
        System.lineSeparator(),
        String.format(
            Locale.ROOT,
            "%d rows from %s, validated on %d from %s to %s; %d without label left out",
            trainingRows,
            from,
            validationRows,
            boundary,
            until,
            unlabelledRows),
        String.format(Locale.ROOT, "%d trees of %d grown", bestRound, rounds),
        top.isEmpty() ? "no feature is read: none tells rows apart" : "gain: " + top,
        validation.summary(),
        calibration.summary());
  }
}
