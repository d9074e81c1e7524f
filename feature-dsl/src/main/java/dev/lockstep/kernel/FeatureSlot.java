package dev.lockstep.kernel;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.WindowState;

/**
 * One feature over one window: how it finishes, from what, and where in the results it writes.
 *
 * @param result its place among the view's results
 */
record FeatureSlot(
    Aggregation aggregation,
    WindowState state,
    WindowGroup rows,
    int result,
    boolean excludingRequest) {}
