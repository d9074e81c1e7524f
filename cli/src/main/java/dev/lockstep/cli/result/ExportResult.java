package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What {@code export} tells. */
@JsonClassDescription("A training set written for others.")
public record ExportResult(
    String file,
    String format,
    long rows,
    @JsonPropertyDescription("Rows left out: libsvm has none without a label.")
        long withoutLabel) {}
