package ${package};

import java.time.Instant;

/**
 * An order comes back.
 *
 * @param order the order's number
 * @param at when it came back
 */
public record Return(String order, Instant at) {}
