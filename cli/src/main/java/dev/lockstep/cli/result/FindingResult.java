package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Something about a training set that its reader should know. */
@JsonClassDescription("Something about a training set.")
public record FindingResult(
    @JsonPropertyDescription("serious, warning or remark.") String weight,
    String title,
    @JsonPropertyDescription("What it may mean, and the cure.") String text) {}
