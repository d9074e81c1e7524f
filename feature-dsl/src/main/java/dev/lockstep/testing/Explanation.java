package dev.lockstep.testing;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of one feature of one request comes from.
 *
 * @param feature the feature's name
 * @param value the value, as {@link Answer#value} gives it
 * @param definition what the feature is, in words of the plan
 * @param asked when the request happened and when it became known
 * @param rows the events or versions that it looked at, in the order in which they were sent; empty
 *     for an expression
 * @param parts of an expression, the explanations of the features that it reads
 */
public record Explanation(
    String feature,
    @Nullable Object value,
    String definition,
    String asked,
    List<Row> rows,
    List<Explanation> parts) {

  /**
   * One event or version.
   *
   * @param record as it was sent
   * @param in whether it counts
   * @param happened its event time; null for a version that always holds
   * @param known when it became available; null where it couldn't be used
   * @param read what the feature reads of it, as {@code amount=12.5}
   * @param why why it doesn't count; empty where it does
   */
  public record Row(
      Record record,
      boolean in,
      @Nullable Instant happened,
      @Nullable Instant known,
      String read,
      String why) {

    @Override
    public String toString() {
      return (in ? "in   " : "out  ")
          + "happened "
          + happened
          + ", known "
          + known
          + (read.isEmpty() ? "" : ", " + read)
          + (why.isEmpty() ? "" : ": " + why);
    }
  }

  public Explanation {
    rows = List.copyOf(rows);
    parts = List.copyOf(parts);
  }

  /** The records that count, in the order in which they were sent. */
  public List<Record> counted() {
    return rows.stream().filter(Row::in).map(Row::record).toList();
  }

  /** For people: the definition, then a line for each event. */
  @Override
  public String toString() {
    return feature
        + " = "
        + value
        + ": "
        + definition
        + asked
        + "\n"
        + rows.stream().map(row -> "  " + row + "\n").collect(Collectors.joining())
        + parts.stream().map(part -> part.toString().indent(2)).collect(Collectors.joining());
  }
}
