package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code plan} tells. */
@JsonClassDescription("What a definition computes.")
public record PlanResult(
    String featureSet,
    @JsonPropertyDescription("SHA-256 of all that can change a value, in hex.") String fingerprint,
    @JsonPropertyDescription("ordered or onArrival.") String emission,
    @JsonPropertyDescription("The source whose events ask.") String requests,
    @JsonPropertyDescription("In the order of the vector.") List<Feature> features,
    @JsonPropertyDescription("The label; absent without one.") @Nullable String label,
    @JsonPropertyDescription(
            "What is allowed and yet suspicious, if no history told arrival times.")
        List<String> warnings,
    @JsonPropertyDescription("With --after: what the change does.") @Nullable PlanAfter after) {

  /** A place of the vector. */
  public record Feature(
      String name,
      String type,
      @JsonPropertyDescription("Computed from other features and fields by an expression.")
          boolean derived,
      @JsonPropertyDescription("What it is, in one line.") String definition,
      @JsonPropertyDescription("What its author said; absent where nothing.")
          @Nullable About about) {}

  /** What people should know about a feature. */
  public record About(
      @Nullable String description,
      @Nullable String owner,
      @Nullable List<String> tags,
      @Nullable String unit,
      @Nullable Boolean sensitive,
      @JsonPropertyDescription("What to use instead, where it is deprecated.")
          @Nullable String successor) {}
}
