package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** What {@code load} tells. */
@JsonClassDescription("A snapshot loaded into Redis.")
public record LoadResult(
    @JsonPropertyDescription("What became available from this instant on is not in it.")
        Instant cut,
    long entities,
    @JsonPropertyDescription("Cells written.") long written,
    @JsonPropertyDescription("Cells that Redis had as new or newer.") long newer,
    @JsonPropertyDescription("Events read ahead of their availability, which no cell holds yet.")
        long carried) {}
