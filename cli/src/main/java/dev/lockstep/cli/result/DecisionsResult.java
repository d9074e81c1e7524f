package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** What {@code decisions} tells. */
@JsonClassDescription("The decisions that an actor has taken.")
public record DecisionsResult(
    @JsonPropertyDescription("How many there are.") long count,
    @JsonPropertyDescription("The newest ones, newest first.") List<Taken> decisions) {

  /** One decision. */
  public record Taken(
      @JsonPropertyDescription("The request's id: each is acted on once.") String requestId,
      @JsonPropertyDescription("What was done.") String action,
      @JsonPropertyDescription("The model's score.") double score,
      @JsonPropertyDescription("The score from which the project acts.") double threshold,
      @JsonPropertyDescription("Which model said so.") String modelVersion,
      @JsonPropertyDescription("When the request happened.") Instant eventTime,
      @JsonPropertyDescription("When it was acted on.") Instant decidedAt) {}
}
