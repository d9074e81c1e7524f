package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What {@code same} tells. */
@JsonClassDescription("Whether training sets hold the same rows, bit by bit.")
public record SameResult(
    boolean identical,
    @JsonPropertyDescription("Of the first set.") long rows,
    int columns,
    @JsonPropertyDescription("Stands for all rows of the first set.") String digest,
    List<String> differences) {}
