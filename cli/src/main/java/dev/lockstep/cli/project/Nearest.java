package dev.lockstep.cli.project;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the known word that a mistyped one is most likely meant to be.
 *
 * <p>By the least number of letters to change, add or drop: V. I. Levenshtein, "Binary codes
 * capable of correcting deletions, insertions, and reversals", Soviet Physics Doklady 10, 1966.
 */
public final class Nearest {
  private Nearest() {}

  /** The nearest of some words, if no more than a third of its letters differ. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .filter(k -> distance(word, k) <= (k.length() + 2) / 3)
        .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k));
  }

  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return before[b.length()];
  }
}
