package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.Cause;
import dev.lockstep.beam.naive.NaiveSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One path by which rows come to a plan: batch, stream, replay and stream, or a table's load. */
public interface Door {
  /**
   * What became of one row.
   *
   * @param values by component, of those that the plan reads, as {@link
   *     dev.lockstep.beam.naive.NaiveRow} holds them; empty for a data error
   * @param notFinite how many components were NaN or infinite
   * @param reason why it is a data error; null for a row
   */
  record Outcome(Map<String, @Nullable Object> values, int notFinite, @Nullable String reason) {}

  String name();

  /** Whether rows come this way. */
  boolean takes(Arrivals arrivals);

  /**
   * All rows, in order.
   *
   * @param source the record type, and the unit and zone that the definition declares
   * @param needed the components that the plan reads
   */
  List<Outcome> rows(NaiveSource source, Set<String> needed, Arrivals arrivals) throws Exception;

  /**
   * Whether a reason says what the oracle says.
   *
   * @param column the name that the component meant has in files and messages; empty for none
   */
  boolean says(String reason, Cause cause, String column);

  /**
   * Whether what was thrown refuses a file as it should: it names the file, and the column where
   * one is meant.
   */
  boolean refuses(Exception thrown, Arrivals arrivals, String column);
}
