package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code parity} tells. */
@JsonClassDescription(
    "Whether a stream's vectors are what batch computes over the topics that it read.")
public record ParityResult(
    @JsonPropertyDescription(
            "Whether something was compared and nothing differs: the exit code says it.")
        boolean identical,
    @JsonPropertyDescription("The topic of the vectors.") String vectors,
    String fingerprint,
    Compared compared,
    Apart apart,
    @JsonPropertyDescription("Features that differ, in how many of the vectors.")
        List<Count> features,
    List<Input> inputs,
    @JsonPropertyDescription("The first few, by their place in the topic.")
        List<Difference> differences,
    @JsonPropertyDescription("What else was found, such as records that were deleted.")
        List<String> notes) {

  /** Vectors beside the batch's. */
  public record Compared(
      @JsonPropertyDescription("Requests whose first vector was compared.") long vectors,
      @JsonPropertyDescription("To the bit.") long identical,
      @JsonPropertyDescription("Nothing explains them.") long differing,
      @JsonPropertyDescription("Differing under ordered(), where overdue rows may be why.")
          long explained,
      @JsonPropertyDescription("Differing under onArrival(): what was in flight was missed.")
          long missed,
      @JsonPropertyDescription("Requests without a vector though later ones were answered.")
          long unanswered,
      @JsonPropertyDescription("Vectors whose request no topic holds.") long unasked) {}

  /** What wasn't compared. */
  public record Apart(
      @JsonPropertyDescription("Requests that may read what topics no longer hold.") long beforeLog,
      @JsonPropertyDescription("Requests later than all that were answered.") long waiting,
      @JsonPropertyDescription("Vectors of requests that came since the topics' ends were noted.")
          long later,
      @JsonPropertyDescription("Further vectors of a request.") long repeats,
      @JsonPropertyDescription("Of these, those that differ from the first.") long differingRepeats,
      @JsonPropertyDescription("Vectors of other definitions, by fingerprint.")
          List<Count> otherDefinitions,
      @JsonPropertyDescription("Messages that are no vectors.") long unreadable) {}

  /** How many of something. */
  public record Count(String name, long count) {}

  /** What the topic of a source holds. */
  public record Input(
      String source,
      @JsonPropertyDescription("Usable ones.") long rows,
      @JsonPropertyDescription("Rows behind their partition's progress, as the log tells.")
          long overdue,
      @JsonPropertyDescription("Usable ones that are copies of an event.") long copies,
      @JsonPropertyDescription("Later than the source's lateness, by reason.") List<Count> late,
      @JsonPropertyDescription("Records that can't be events, by reason.")
          List<Count> deadLetters) {}

  /** A request of which stream and batch don't say the same. */
  public record Difference(
      String request,
      @JsonPropertyDescription("The vector's, as TOPIC-PARTITION@OFFSET.")
          @Nullable String position,
      String problem,
      List<Feature> features) {}

  /** A feature that differs; a null isn't there. */
  public record Feature(
      String name,
      @Nullable String batch,
      @JsonPropertyDescription("16 hexadecimal digits; not of text.") @Nullable String batchBits,
      @Nullable String stream,
      @Nullable String streamBits) {}
}
