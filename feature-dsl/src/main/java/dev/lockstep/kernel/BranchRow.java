package dev.lockstep.kernel;

import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * What travels to one key of one branch: an event of its source, a request that asks it, or both at
 * once (the request's own event).
 *
 * @param isEvent whether it changes the branch's state
 * @param asks which of the branch's asks it is to be answered to, as a bit set by their place among
 *     them: more than one where their keys are equal, none for an event alone
 * @param values the branch's columns of the event; null for a request alone
 * @param requestId the request's id, or null where its place says who asks
 * @param requestRow the request's row within its block, in batch; 0 elsewhere
 */
public record BranchRow(
    boolean isEvent,
    long asks,
    long eventTimeMicros,
    long availableAtMicros,
    long sequence,
    @Nullable Values values,
    @Nullable String requestId,
    int requestRow) {

  /** Of a branch with one ask. */
  public BranchRow(
      boolean isEvent,
      boolean isRequest,
      long eventTimeMicros,
      long availableAtMicros,
      long sequence,
      @Nullable Values values,
      @Nullable String requestId,
      int requestRow) {
    this(
        isEvent,
        isRequest ? 1L : 0L,
        eventTimeMicros,
        availableAtMicros,
        sequence,
        values,
        requestId,
        requestRow);
  }

  /**
   * A request alone, of a branch with one ask.
   *
   * @param requestId the request's id, or null where the caller knows who asks
   */
  public static BranchRow asking(SourceRow request, @Nullable String requestId) {
    return new BranchRow(
        false,
        true,
        request.eventTimeMicros(),
        request.availableAtMicros(),
        request.sequence(),
        null,
        requestId,
        0);
  }

  /** Whether it is to be answered. */
  public boolean isRequest() {
    return asks != 0;
  }

  /** Whether this event is known by a request (C2), its own event apart. */
  boolean knownBy(BranchRow request, boolean sameSource) {
    return dev.lockstep.time.KnowledgePosition.knownBy(
        availableAtMicros, sequence, request.availableAtMicros, request.sequence, sameSource);
  }
}
