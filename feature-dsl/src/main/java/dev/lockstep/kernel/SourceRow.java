package dev.lockstep.kernel;

import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * An event (or a version of a table) as the platform knows it: its place in time, and the columns
 * that the plan reads.
 *
 * @param source index of its source in the plan
 * @param id the declared id as text; null where the source declares none
 * @param values the columns of {@link dev.lockstep.plan.SourcePlan#columns}
 * @param ingestedAtMicros wall clock at which it entered the platform, for measuring latency; 0 if
 *     unknown. Never part of a value.
 */
public record SourceRow(
    int source,
    long eventTimeMicros,
    long availableAtMicros,
    long sequence,
    @Nullable String id,
    Values values,
    long ingestedAtMicros) {}
