package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code config} tells. */
@JsonClassDescription("Options that have values without being given.")
public record ConfigResult(
    @JsonPropertyDescription("The lockstep.yaml that was found; absent if none was.")
        @Nullable String file,
    @JsonPropertyDescription("Where files are kept.") String data,
    List<Setting> settings) {

  /** One option of a command, with its value and where that is from. */
  public record Setting(
      String command,
      String option,
      String value,
      @JsonPropertyDescription("The file or the variable that sets it.") String origin) {}
}
