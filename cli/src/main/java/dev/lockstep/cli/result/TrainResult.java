package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code train} tells. */
@JsonClassDescription("A model, and what its scores are worth.")
public record TrainResult(
    String folder,
    String name,
    @JsonPropertyDescription("A hash of all that made it.") String version,
    @JsonPropertyDescription("That of the plan whose vectors it scores.") String fingerprint,
    @JsonPropertyDescription("The inputs, in order.") List<String> features,
    @JsonPropertyDescription("Features left out, being text.") List<String> leftOut,
    @JsonPropertyDescription("That had a say in it.") long rows,
    Instant trainedUntil,
    Instant testFrom,
    int trees,
    @JsonPropertyDescription("On the test part, which had no say in it.") Quality test,
    @JsonPropertyDescription("The model before on the same rows; absent without one.")
        @Nullable Beside compared,
    @JsonPropertyDescription("The file with the whole evaluation, as JSON.") String evaluation) {

  /** What scores are worth. */
  public record Quality(
      long rows,
      long positives,
      double auc,
      double logLoss,
      @JsonPropertyDescription("Scores from it on count as predicted 1.") double threshold,
      double precision,
      double recall) {}

  /** The model before, judged on the same rows as the new one. */
  public record Beside(
      String other,
      @JsonPropertyDescription("Absent where it can't score these rows.") @Nullable Quality quality,
      List<String> notes) {}
}
