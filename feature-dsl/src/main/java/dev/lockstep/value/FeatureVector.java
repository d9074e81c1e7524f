package dev.lockstep.value;

import java.util.Map;

/**
 * The features of one request, as they were known to it.
 *
 * @param featureSet the set's name
 * @param fingerprint of the plan that computed it (C14)
 * @param requestId the request's declared id, else its place in its source
 * @param entities the request's entities and their keys, in the set's order; an entity whose key is
 *     null is absent
 * @param values the features, in the set's order
 * @param ingestedAtMicros wall clock at which the request entered the platform; 0 if unknown. Never
 *     part of a value, nor is the next.
 * @param emittedAtMicros wall clock at which the vector left the pipeline; 0 in batch
 */
public record FeatureVector(
    String featureSet,
    String fingerprint,
    String requestId,
    long eventTimeMicros,
    long availableAtMicros,
    Map<String, String> entities,
    Values values,
    long ingestedAtMicros,
    long emittedAtMicros) {}
