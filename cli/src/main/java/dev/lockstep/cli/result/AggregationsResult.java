package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What {@code aggregations} tells. */
@JsonClassDescription("All aggregations.")
public record AggregationsResult(List<Entry> aggregations) {

  /** One aggregation of the catalogue, each part as its table says it. */
  public record Entry(
      String call,
      String meaning,
      String takes,
      String gives,
      String overNothing,
      String ties,
      String exactness,
      @JsonPropertyDescription("What a read costs.") String cost,
      @JsonPropertyDescription("What it keeps for a window, beside the events.") String keeps) {}
}
