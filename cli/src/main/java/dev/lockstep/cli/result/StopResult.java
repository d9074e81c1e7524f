package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What {@code stop} tells. */
@JsonClassDescription("A stream that was stopped with its state saved.")
public record StopResult(
    @JsonPropertyDescription("What ran it: a process, or a job of a Flink cluster.") String stream,
    @JsonPropertyDescription("The URI of the savepoint that its next start goes on from.")
        String savepoint) {}
