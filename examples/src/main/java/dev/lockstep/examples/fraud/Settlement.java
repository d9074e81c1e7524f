package dev.lockstep.examples.fraud;

import java.time.Instant;

/**
 * What a swipe turned out to be, days after it.
 *
 * @param swipe the id of the {@link Swipe}
 * @param at when it was settled and known
 * @param fraud whether the card's holder disowned it
 */
public record Settlement(String swipe, Instant at, boolean fraud) {}
