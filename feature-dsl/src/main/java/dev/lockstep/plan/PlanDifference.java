package dev.lockstep.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two plans' texts, line by line: what an error shows beside two fingerprints
 * (C14).
 */
public final class PlanDifference {
  private PlanDifference() {}

  /**
   * The lines of either text, as {@link PlanReading} has them, that aren't in the other, in order:
   * {@code - } before one that only the first has, {@code + } before one that only the second has.
   * Empty for equal texts.
   */
  public static List<String> lines(String first, String second) {
    List<String> read = between(PlanReading.lines(first), PlanReading.lines(second));
    // What people needn't read can still make two fingerprints.
    return read.isEmpty() ? between(first.lines().toList(), second.lines().toList()) : read;
  }

  private static List<String> between(List<String> a, List<String> b) {
    int[][] common = commonLengths(a, b);
    List<String> differences = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        i++;
        j++;
      } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
        differences.add("- " + a.get(i++));
      } else {
        differences.add("+ " + b.get(j++));
      }
    }
    return differences;
  }

  /** The length of the longest common subsequence of each pair of tails. */
  private static int[][] commonLengths(List<String> a, List<String> b) {
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
