package dev.lockstep.plan;

/**
 * What a source says of the times of its events; what it doesn't bound is {@link Long#MAX_VALUE}.
 *
 * @param latenessMicros how long after it happened an event may become available (C4)
 * @param clockSkewMicros how far its event time may lie ahead of its record timestamp (C4)
 * @param availableAheadMicros how far its availability may lie ahead of its record timestamp (C5)
 */
public record TimeRules(long latenessMicros, long clockSkewMicros, long availableAheadMicros) {
  /** Everything goes: a table's versions are neither late nor ahead. */
  public static final TimeRules NONE =
      new TimeRules(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
}
