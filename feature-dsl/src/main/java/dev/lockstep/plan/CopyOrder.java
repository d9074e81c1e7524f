package dev.lockstep.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * By which columns copies of one id at one place are ordered (C9): those that features read, as the
 * record declares them, then computed ones by name; and behind all of these what only a label
 * reads, which so decides nothing about features.
 *
 * @param columns indexes into the source's columns
 * @param ofFeatures how many of them features read
 */
public record CopyOrder(List<Integer> columns, int ofFeatures) {
  public CopyOrder {
    columns = List.copyOf(columns);
  }

  /**
   * The order of a source's columns.
   *
   * @param ofFeatures how many columns, the first ones, features read
   */
  static CopyOrder of(List<ColumnPlan> columns, int ofFeatures) {
    return new CopyOrder(
        Stream.concat(sorted(columns, 0, ofFeatures), sorted(columns, ofFeatures, columns.size()))
            .toList(),
        ofFeatures);
  }

  private static Stream<Integer> sorted(List<ColumnPlan> columns, int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> columns.get(i).computed() != null)
                .thenComparing(i -> columns.get(i).component())
                .thenComparing(i -> columns.get(i).identity()));
  }

  /** The columns that features read, with their types: what their events may depend on. */
  List<String> ofFeatures(List<ColumnPlan> all) {
    return columns.subList(0, ofFeatures).stream()
        .map(i -> all.get(i).identity() + " " + all.get(i).type())
        .toList();
  }

  String text(List<ColumnPlan> all) {
    return ofFeatures(all).stream().collect(Collectors.joining(",", "[", "]"));
  }
}
