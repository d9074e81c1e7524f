package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change of a definition does. */
@JsonClassDescription("What a change of a definition does.")
public record PlanAfter(
    @JsonPropertyDescription("The project, model, snapshot or training set that was there.")
        String before,
    @JsonPropertyDescription("project, model, snapshot or training set.") String kind,
    @JsonPropertyDescription("That of what was there.") String fingerprint,
    @JsonPropertyDescription(
            "The fingerprints are equal: states go on, models and training sets are accepted.")
        boolean same,
    @JsonPropertyDescription(
            "What becomes of the state of each view's features; absent where a folder doesn't tell.")
        @Nullable List<Fate> features,
    @JsonPropertyDescription(
            "Lines of the plans: - before those of what was there, + before those of now.")
        List<String> differences) {

  /** What becomes of a feature: kept, rebuilt or dropped. */
  public record Fate(
      String view,
      String name,
      String fate,
      @JsonPropertyDescription("What the state lacks; empty where nothing does.") String reason) {}
}
