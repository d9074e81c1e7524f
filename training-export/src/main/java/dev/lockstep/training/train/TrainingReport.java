package dev.lockstep.training.train;

import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.wire.ScoreCalibration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a training went: from what, how, and what came of it. Immutable.
 *
 * @param from event time of the first labelled row
 * @param until event time of the last labelled row
 * @param trainedUntil event time of the last row that had a say in the model
 * @param validationFrom event time from which on rows validated
 * @param testFrom event time from which on rows test; no row from then on had a say in the model
 * @param trainingRows those before {@code validationFrom} whose labels were known by then
 * @param validationRows those from there to before {@code testFrom}, likewise
 * @param testRows those from {@code testFrom} on
 * @param unlabelledRows those left out, since their label is null
 * @param lateLabels what was left out since labels become known later, and by when all were known
 * @param alwaysNull features that are null in every row
 * @param options all of them, by key
 * @param threads that grew trees
 * @param rounds the trees grown to find how many are best
 * @param bestRound the trees kept: as many as gave the greatest validation AUC
 * @param importances of the features that a split reads, of greatest gain first
 * @param validation at the threshold of greatest F1, of the trees grown from the training part
 *     alone
 * @param calibration what makes scores of the trees' margins, from the validation part; null where
 *     no weights move scores away from what they mean
 */
public record TrainingReport(
    Instant from,
    Instant until,
    Instant trainedUntil,
    Instant validationFrom,
    Instant testFrom,
    int trainingRows,
    int validationRows,
    int testRows,
    int unlabelledRows,
    LateLabels lateLabels,
    List<String> alwaysNull,
    Map<String, String> options,
    int threads,
    int rounds,
    int bestRound,
    List<FeatureImportance> importances,
    Evaluation validation,
    @Nullable ScoreCalibration calibration) {

  private static final int GAINS_SHOWN = 8;

  public TrainingReport {
    alwaysNull = List.copyOf(alwaysNull);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    importances = List.copyOf(importances);
  }

  /** How many rows had a say in the model. */
  public int rows() {
    return lateLabels.learntRows();
  }

  /** Whether the trees that are kept were grown from the validation part as well. */
  public boolean isRefit() {
    return Boolean.parseBoolean(options.get(TrainingOption.REFIT.key()));
  }

  private static String joined(String... lines) {
    return Arrays.stream(lines)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Some lines for people. */
  public String summary() {
    String top =
        importances.stream()
            .limit(GAINS_SHOWN)
            .map(i -> String.format(Locale.ROOT, "%s %.1f %%", i.name(), 100 * i.gain()))
            .collect(Collectors.joining(", "));
    String lines =
        joined(
            String.format(
                Locale.ROOT,
                "trained on %d rows from %s, validated on %d from %s, tested on %d from %s to %s;"
                    + " %d without label left out",
                trainingRows,
                from,
                validationRows,
                validationFrom,
                testRows,
                testFrom,
                until,
                unlabelledRows),
            String.format(
                Locale.ROOT,
                "%d trees, the best of %d (validation AUC %.4f)%s",
                bestRound,
                rounds,
                validation.auc(),
                isRefit() ? ", grown again from both parts" : ""),
            lateLabels.summary(),
            calibration == null
                ? ""
                : "weights move scores: calibrated on the validation part, slope "
                    + String.format(
                        Locale.ROOT,
                        "%.4f, intercept %.4f",
                        calibration.slope(),
                        calibration.intercept()),
            top.isEmpty() ? "no feature is read: none tells rows apart" : "gain: " + top);
    return alwaysNull.isEmpty()
        ? lines
        : lines + System.lineSeparator() + "null in every row: " + String.join(", ", alwaysNull);
  }
}
