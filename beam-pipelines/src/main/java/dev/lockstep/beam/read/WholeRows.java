package dev.lockstep.beam.read;

import dev.lockstep.plan.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What of a file is read where its rows are passed on whole: by a replay, or by a table's load. */
public final class WholeRows {
  private WholeRows() {}

  /**
   * The components that the plan doesn't need and a file has in a form that can be read: what
   * nobody needs is left out rather than refused (C17).
   *
   * @param source as the plan reads it, which the file fits
   */
  public static List<Integer> beside(SourcePlan source, HistoryFile file) {
    List<Integer> needed = source.neededComponents();
    List<Integer> rest =
        IntStream.range(0, source.schema().components().size())
            .boxed()
            .filter(c -> !needed.contains(c))
            .toList();
    if (rest.isEmpty() || fits(source, file, rest)) {
      return rest;
    }
    List<Integer> readable = new ArrayList<>();
    for (int component : rest) {
      if (fits(source, file, List.of(component))) {
        readable.add(component);
      }
    }
    return readable;
  }

  private static boolean fits(SourcePlan source, HistoryFile file, List<Integer> also) {
    try {
      return HistoryFile.inspect(source.readingAlso(also), file.path()).groupRows().size()
          == file.groupRows().size();
    } catch (HistoryFileException e) {
      return false;
    }
  }
}
