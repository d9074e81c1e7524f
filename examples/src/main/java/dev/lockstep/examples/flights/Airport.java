package dev.lockstep.examples.flights;

import org.jspecify.annotations.Nullable;

/**
 * A US airport.
 *
 * @param iata its code, the key
 * @param city null where it isn't known
 * @param state two letters; null where it isn't known
 * @param latitude in degrees, north positive
 * @param longitude in degrees, east positive
 */
public record Airport(
    String iata,
    String name,
    @Nullable String city,
    @Nullable String state,
    String country,
    double latitude,
    double longitude) {}
