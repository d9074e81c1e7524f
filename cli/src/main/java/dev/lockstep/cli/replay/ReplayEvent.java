package dev.lockstep.cli.replay;

/**
 * One event of a replay.
 *
 * @param topic where it goes
 * @param key the message's key; decides the partition
 * @param availableAtMicros when it became known: the replay's order
 */
public record ReplayEvent(
    String topic, byte[] key, byte[] message, long eventTimeMicros, long availableAtMicros) {}
