package dev.lockstep.kernel;

import dev.lockstep.time.KnowledgePosition;

/** The greatest position in knowledge order of some events, before all of them where none came. */
final class GreatestPosition {
  private long availableAt;
  private long sequence;

  GreatestPosition() {
    set(Long.MIN_VALUE, Long.MIN_VALUE);
  }

  long availableAt() {
    return availableAt;
  }

  long sequence() {
    return sequence;
  }

  /** Takes an event's position into account. */
  void note(long eventAvailableAt, long eventSequence) {
    if (eventAvailableAt > availableAt
        || (eventAvailableAt == availableAt && eventSequence > sequence)) {
      set(eventAvailableAt, eventSequence);
    }
  }

  /** Forgets what came, and takes this for the greatest. */
  void set(long newAvailableAt, long newSequence) {
    availableAt = newAvailableAt;
    sequence = newSequence;
  }

  /** Whether a request knows the event of this position, and so all of them. */
  boolean isKnownBy(BranchRow request, boolean sameSource) {
    return KnowledgePosition.knownBy(
        availableAt, sequence, request.availableAtMicros(), request.sequence(), sameSource);
  }
}
