package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What {@code runners} tells. */
@JsonClassDescription("One backfill on every runner.")
public record RunnersResult(boolean identical, List<Run> runs, List<String> differences) {

  /** A backfill that was run. */
  public record Run(
      String runner,
      double seconds,
      long rows,
      String digest,
      @JsonPropertyDescription("With the first.") boolean identical) {}
}
