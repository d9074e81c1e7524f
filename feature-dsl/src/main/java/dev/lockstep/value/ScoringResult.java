package dev.lockstep.value;

import java.util.Map;

/**
 * What a model said about one request.
 *
 * @param requestId the request's id, as its vector named it
 * @param entities the request's entities and their keys, in the set's order
 * @param score the model's output; a probability for a classifier
 * @param threshold the score from which the project acts; the model's own
 * @param fingerprint of the plan that computed the vector and that the model was trained on (C14)
 * @param ingestedAtMicros wall clock at which the request entered the platform; 0 if unknown
 * @param emittedAtMicros wall clock at which the vector left the pipeline; 0 if unknown
 * @param scoredAtMicros wall clock at which the model answered
 */
public record ScoringResult(
    String featureSet,
    String requestId,
    Map<String, String> entities,
    double score,
    double threshold,
    String modelName,
    String modelVersion,
    String fingerprint,
    long eventTimeMicros,
    long availableAtMicros,
    long ingestedAtMicros,
    long emittedAtMicros,
    long scoredAtMicros) {

  /** Whether the project acts on this request. */
  public boolean reachesThreshold() {
    return score >= threshold;
  }
}
