package dev.lockstep.beam.batch;

import dev.lockstep.beam.write.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill did.
 *
 * @param rows of the training set
 * @param late events and requests known too late (C4)
 * @param duplicates copies that changed nothing (C9)
 * @param deadLetters rows that can't be used (C13)
 * @param seconds from start to published
 * @param outsideHistory what to tell where a spine asks before or behind the history; else null
 */
public record BackfillSummary(
    long rows,
    long late,
    long duplicates,
    long deadLetters,
    double seconds,
    Manifest manifest,
    @Nullable String outsideHistory) {}
