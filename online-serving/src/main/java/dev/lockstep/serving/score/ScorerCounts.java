package dev.lockstep.serving.score;

/**
 * What a scorer has done since it started. Each record consumed ends in exactly one of the others,
 * once it has been published.
 *
 * @param consumed records read
 * @param scored vectors scored
 * @param refused vectors of another plan than the model's, in the dead-letter topic
 * @param undecodable records that are no vector of the model's features, in the dead-letter topic
 */
public record ScorerCounts(long consumed, long scored, long refused, long undecodable) {}
