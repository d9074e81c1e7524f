package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code peek} tells. */
@JsonClassDescription("The newest records of a topic that a stream writes, decoded.")
public record PeekResult(
    @JsonPropertyDescription("The topic.") String topic,
    @JsonPropertyDescription("How many records it holds.") long held,
    @JsonPropertyDescription("The newest ones, oldest first.") List<Shown> records) {

  /**
   * One record.
   *
   * @param values by name, in their order
   */
  public record Shown(
      @JsonPropertyDescription("Where it is: topic-partition@offset.") String position,
      @JsonPropertyDescription("Its record timestamp.") Instant at,
      @JsonPropertyDescription("The request's id; absent for a letter.") @Nullable String requestId,
      @JsonPropertyDescription("What it says, by name.") List<Named> values) {}

  /** A value and its name. */
  public record Named(
      @JsonPropertyDescription("What it is called.") String name,
      @JsonPropertyDescription("The value as text; absent where it is null.")
          @Nullable String value) {}
}
