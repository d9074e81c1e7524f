package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What {@code new} tells. */
@JsonClassDescription("A project of one's own that was written.")
public record NewResult(
    @JsonPropertyDescription("The project's folder, in full.") String folder,
    @JsonPropertyDescription("Its name on the command line.") String name,
    @JsonPropertyDescription("The Java package of its classes.") @JsonProperty("package")
        String packageName) {}
