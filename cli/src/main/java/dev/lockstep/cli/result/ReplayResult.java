package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code replay} tells. */
@JsonClassDescription("A history sent again.")
public record ReplayResult(
    List<Table> tables,
    @JsonPropertyDescription("Sent to Kafka; absent with --tables-only.") @Nullable Long events,
    @JsonPropertyDescription("Rows that can't be used.") long leftOut) {

  /** A table loaded into Redis. */
  public record Table(
      String table,
      @JsonPropertyDescription("Its number in the store.") long load,
      long keysWritten,
      @JsonPropertyDescription("Keys in Redis that the history no longer has.") long keysGone,
      long keysRemoved) {}
}
