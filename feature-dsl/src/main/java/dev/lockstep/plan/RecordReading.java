package dev.lockstep.plan;

import dev.lockstep.time.InstantReading;

/**
 * A source's record type, and how its instants are written.
 *
 * @param instants the unit of bare numbers and the zone of local times (C1)
 */
public record RecordReading(RecordSchema schema, InstantReading instants) {}
