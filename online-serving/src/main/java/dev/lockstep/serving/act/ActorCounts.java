package dev.lockstep.serving.act;

/**
 * What an actor has done since it started. Each record consumed ends in exactly one of the others,
 * once that is kept.
 *
 * @param consumed records read
 * @param acted decisions taken
 * @param below scores that don't reach the threshold
 * @param duplicates scores that reach it, of requests decided before
 * @param undecodable records that are no score, in the dead-letter topic
 */
public record ActorCounts(
    long consumed, long acted, long below, long duplicates, long undecodable) {}
