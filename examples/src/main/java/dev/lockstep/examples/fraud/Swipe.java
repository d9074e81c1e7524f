package dev.lockstep.examples.fraud;

import java.time.Instant;

/**
 * A card swiped at a merchant: what a score is asked for.
 *
 * @param id {@code s000001}; a swipe delivered twice has one id
 * @param sequence the gateway's count of swipes, in the order in which they happened
 * @param card {@code c0001}
 * @param merchant {@code m001}
 * @param amount in dollars, whole cents
 * @param at when it happened
 * @param receivedAt when the platform could first know it; never before {@code at}
 */
public record Swipe(
    String id,
    long sequence,
    String card,
    String merchant,
    double amount,
    Instant at,
    Instant receivedAt) {}
