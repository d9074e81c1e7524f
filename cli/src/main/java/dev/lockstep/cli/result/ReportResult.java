package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What {@code report} tells. */
@JsonClassDescription("Findings about a training set, and its page.")
public record ReportResult(
    String page,
    List<FindingResult> findings,
    @JsonPropertyDescription("A finding weighs as much as --fail-on says, or more.")
        boolean failed) {}
