package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code backfill} tells. */
@JsonClassDescription("A training set made of history.")
public record BackfillResult(
    String folder,
    @JsonPropertyDescription("Absent with --by-day.") @Nullable Counts counts,
    @JsonPropertyDescription("With --by-day, each in order.") @Nullable List<Day> days,
    @JsonPropertyDescription("The page about it.") @Nullable String report,
    @JsonPropertyDescription("The serious ones and the warnings of the page.")
        List<FindingResult> findings,
    List<String> warnings) {

  /** What became of the history's rows. */
  public record Counts(
      long rows,
      double seconds,
      @JsonPropertyDescription("Rows left out: by when they arrived.") long late,
      long duplicates,
      long unusable,
      @JsonPropertyDescription("Requests whose label may still come.") long waiting) {}

  /** One day of a backfill by days, with the folder that holds it. */
  public record Day(
      String date,
      String folder,
      @JsonPropertyDescription("Absent where the day was there already.")
          @Nullable Counts counts) {}
}
