package dev.lockstep.examples.fraud;

import java.time.Instant;

/**
 * What the bank knows about a card, as of a version.
 *
 * @param card the key
 * @param effectiveFrom when this version begins to hold
 * @param availableAt when the platform could first know it
 * @param ageYears the account's age when the version was made, in years
 * @param creditLimit in dollars
 */
public record Account(
    String card, Instant effectiveFrom, Instant availableAt, double ageYears, int creditLimit) {}
