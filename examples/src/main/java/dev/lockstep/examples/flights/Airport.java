package dev.lockstep.examples.flights;

/**
 * A US airport.
 *
 * @param iata its code, the key
 * @param state two letters
 * @param latitude in degrees, north positive
 * @param longitude in degrees, east positive
 */
public record Airport(
    String iata,
    String name,
    String city,
    String state,
    String country,
    double latitude,
    double longitude) {}
