package dev.lockstep.training.train;

import dev.lockstep.training.evaluate.Comparison;
import dev.lockstep.training.evaluate.ScoreReport;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is on rows that had no say in it, and beside the one before it. Immutable.
 *
 * @param training how it was made
 * @param test what its scores are worth on the test part, at the threshold found in validation
 * @param comparison with the previous model on the same rows; null if there was none
 */
public record EvaluationReport(
    TrainingReport training, ScoreReport test, @Nullable Comparison comparison) {

  /** The report's file in a model's folder. */
  public static final String JSON_FILE = "evaluation.json";

  /** The same with a comparison. */
  public EvaluationReport comparedWith(Comparison newComparison) {
    return new EvaluationReport(training, test, newComparison);
  }

  /** The report as JSON; {@link #fromJson} reads it again as itself. */
  public String toJson() {
    return EvaluationJson.write(this);
  }

  /**
   * The report in JSON.
   *
   * @throws dev.lockstep.training.TrainingException if it is none
   */
  public static EvaluationReport fromJson(String json) {
    return EvaluationJson.read(json);
  }

  /** Some lines for people. */
  public String summary() {
    String lines =
        String.join(
            System.lineSeparator(), training.summary(), "on the test part: " + test.summary());
    return comparison == null ? lines : lines + System.lineSeparator() + comparison.summary(test);
  }
}
