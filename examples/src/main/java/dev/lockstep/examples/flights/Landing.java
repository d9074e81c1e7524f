package dev.lockstep.examples.flights;

import java.time.Instant;

/**
 * What became of a flight, known once it has landed.
 *
 * @param flight the number of the {@link Flight}
 * @param date the flight's scheduled departure
 * @param landedAt when this could first be known; never before the date
 * @param delay in minutes, negative where early
 * @param distance in miles
 * @param origin IATA code
 * @param destination IATA code
 */
public record Landing(
    long flight,
    Instant date,
    Instant landedAt,
    int delay,
    int distance,
    String origin,
    String destination) {}
