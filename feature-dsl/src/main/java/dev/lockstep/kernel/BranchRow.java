package dev.lockstep.kernel;

import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * What travels to one key of one branch: an event of its source, a request that asks it, or both at
 * once (the request's own event).
 *
 * @param isEvent whether it changes the branch's state
 * @param isRequest whether it is to be answered
 * @param values the branch's columns of the event; null for a request alone
 * @param requestId the request's id, or null where its place says who asks
 * @param requestRow the request's row within its block, in batch; 0 elsewhere
 */
public record BranchRow(
    boolean isEvent,
    boolean isRequest,
    long eventTimeMicros,
    long availableAtMicros,
    long sequence,
    @Nullable Values values,
    @Nullable String requestId,
    int requestRow) {

  /** Whether this event is known by a request (C2), its own event apart. */
  boolean knownBy(BranchRow request, boolean sameSource) {
    return dev.lockstep.time.KnowledgePosition.knownBy(
        availableAtMicros, sequence, request.availableAtMicros, request.sequence, sameSource);
  }
}
