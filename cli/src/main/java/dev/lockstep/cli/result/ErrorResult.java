package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What a command tells that failed. */
@JsonClassDescription("What went wrong, in place of a result.")
public record ErrorResult(Problem error) {
  private static final String CURE = "\n    cure: ";

  /** Of a message that may name its cure in a line of its own. */
  public static ErrorResult of(String kind, String message) {
    int cure = message.indexOf(CURE);
    boolean one = cure >= 0 && message.indexOf(CURE, cure + 1) < 0;
    return new ErrorResult(
        one
            ? new Problem(kind, message.substring(0, cure), message.substring(cure + CURE.length()))
            : new Problem(kind, message, null));
  }

  /** A problem with its cure. */
  public record Problem(
      @JsonPropertyDescription(
              "usage, definition, data, infrastructure or bug; the exit code says the same.")
          String kind,
      String problem,
      @JsonPropertyDescription("What to do; absent where the problem's own words say it.")
          @Nullable String cure) {}
}
