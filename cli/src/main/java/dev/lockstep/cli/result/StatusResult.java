package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code status} tells. */
@JsonClassDescription("How a feature set's stream stands, and its figures.")
public record StatusResult(
    @JsonPropertyDescription("The feature set.") String set,
    @JsonPropertyDescription("Whether its processes give signs of life.") boolean runs,
    @JsonPropertyDescription("Whether it reads all of its inputs.") boolean ready,
    @JsonPropertyDescription("One line about it.") String words,
    @JsonPropertyDescription("Which start it is; null if none was seen.") @Nullable String start,
    @JsonPropertyDescription("Where it runs; null if none was seen.") @Nullable String place,
    @JsonPropertyDescription("How many processes tell figures.") int processes,
    @JsonPropertyDescription("The figures of all of them as one.") List<Figure> figures) {

  /** A figure. */
  public record Figure(
      @JsonPropertyDescription("The time series, as Prometheus writes it.") String series,
      @JsonPropertyDescription("What it is now.") double value) {}
}
