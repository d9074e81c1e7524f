package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What {@code demo} tells. */
@JsonClassDescription("What a demo proved.")
public record DemoResult(
    String project,
    String featureSet,
    String fingerprint,
    @JsonPropertyDescription("ordered or onArrival.") String emit,
    int parallelism,
    boolean success,
    long warmUpEvents,
    long events,
    @JsonPropertyDescription("Those of the counted time that batch answered.") long requests,
    long vectors,
    long scores,
    long actions,
    long parityCompared,
    long parityIdentical,
    long parityOnlyInBatch,
    long parityOnlyInStream,
    @JsonPropertyDescription("Of the compared vectors those that differ from batch.")
        double missedShare,
    long duplicateVectors,
    long duplicateScores,
    long late,
    long deadLetters,
    @JsonPropertyDescription("From event to score.") Latency latencyMs,
    double rateEventsPerSecond,
    Auc auc,
    long trainingRows,
    double seconds) {

  /** Quantiles of how long a score came after its event, in milliseconds. */
  public record Latency(double p50, double p99, double max) {}

  /** Areas under the ROC curve; absent where the requests have one outcome alone. */
  public record Auc(@Nullable Double withFeatures, @Nullable Double requestFieldsOnly) {}
}
