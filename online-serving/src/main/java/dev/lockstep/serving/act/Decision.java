package dev.lockstep.serving.act;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action taken on a request, once.
 *
 * @param action what was done, such as {@code block_transaction}
 * @param fingerprint of the plan that computed the request's features
 * @param entities the request's entities and their keys
 * @param ingestedAt wall clock at which the request entered the platform; null if nobody said
 * @param decidedAt wall clock at which the action was taken
 */
public record Decision(
    String requestId,
    String action,
    double score,
    double threshold,
    String modelVersion,
    String fingerprint,
    Map<String, String> entities,
    Instant eventTime,
    @Nullable Instant ingestedAt,
    Instant decidedAt) {}
