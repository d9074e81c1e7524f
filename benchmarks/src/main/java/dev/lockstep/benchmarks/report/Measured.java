package dev.lockstep.benchmarks.report;

/**
 * A measurement's result.
 *
 * @param name of the scenario or peer
 * @param text what it is, for people
 * @param nanosPerEvent the median of its iterations
 */
public record Measured(String name, String text, double nanosPerEvent) {}
