package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What {@code --dry-run} tells. */
@JsonClassDescription("What a command would do, when all that can be checked before it holds.")
public record DryRunResult(
    @JsonPropertyDescription("Always true.") boolean dryRun,
    String command,
    @JsonPropertyDescription("What was looked at and is as it should be.") List<String> checked,
    @JsonPropertyDescription("What would be done.") List<String> would,
    @JsonPropertyDescription("What only the run itself can tell.") List<String> unknown) {}
