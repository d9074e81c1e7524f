package ${package};

import java.time.Instant;

/**
 * An order is placed: what a score is asked for.
 *
 * @param id the order's number
 * @param customer who orders
 * @param product what is ordered
 * @param amount in euros
 * @param express whether it was to come at once
 * @param at when it was placed
 */
public record Order(
    String id, String customer, String product, double amount, boolean express, Instant at) {}
