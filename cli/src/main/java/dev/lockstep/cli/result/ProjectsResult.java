package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What {@code projects} tells. */
@JsonClassDescription("The projects that commands know by name.")
public record ProjectsResult(List<Known> projects) {

  /** One project that can be named on the command line. */
  public record Known(
      String name,
      String description,
      @JsonPropertyDescription("The class that implements it.") String projectClass,
      @JsonPropertyDescription("The jar or folder that brings it.") String from) {}
}
