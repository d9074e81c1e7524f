package dev.lockstep.examples.flights;

import java.time.Instant;

/**
 * A scheduled departure: what a prediction is asked for.
 *
 * @param flight its number in the history, from 0
 * @param date scheduled, by the minute; local time, read as UTC
 * @param distance in miles
 * @param origin IATA code
 * @param destination IATA code
 */
public record Flight(long flight, Instant date, int distance, String origin, String destination) {}
