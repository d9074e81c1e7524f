package dev.lockstep.training.evaluate;

import java.util.Arrays;

/**
 * Scores in order with their labels, packed into one long each: what ranks are counted on.
 *
 * <p>A float's bits, below zero with all but the sign flipped, sort as signed integers the way the
 * floats do; the label is the bit below them.
 */
final class RankedScores {
  private final long[] ascending;
  private final int positives;

  private RankedScores(long[] ascending, int positives) {
    this.ascending = ascending;
    this.positives = positives;
  }

  static RankedScores of(float[] labels, float[] scores) {
    if (labels.length != scores.length) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + scores.length + " scores");
    }
    long[] packed = new long[labels.length];
    int positives = 0;
    for (int i = 0; i < packed.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException("label " + labels[i] + " of row " + i + " isn't 0 or 1");
      }
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException("the score of row " + i + " is NaN");
      }
      packed[i] = ((long) Ranking.sortable(scores[i]) << 1) | (labels[i] == 1 ? 1 : 0);
      positives += labels[i] == 1 ? 1 : 0;
    }
    if (positives == 0 || positives == packed.length) {
      throw new IllegalArgumentException(
          "both labels must occur: " + positives + " of " + packed.length + " rows are 1");
    }
    Arrays.sort(packed);
    return new RankedScores(packed, positives);
  }

  private static float scoreOf(long packed) {
    int bits = (int) (packed >> 1);
    return Float.intBitsToFloat(bits ^ ((bits >> 31) & 0x7fff_ffff));
  }

  int positives() {
    return positives;
  }

  /** Twice the pairs won by a 1, ties counting one, over twice the pairs: whole numbers so far. */
  double auc() {
    long twiceWon = 0;
    long zerosBelow = 0;
    int end;
    for (int start = 0; start < ascending.length; start = end) {
      end = endOfTie(start);
      long ones = onesIn(start, end);
      long zeros = end - start - ones;
      twiceWon += ones * (2 * zerosBelow + zeros);
      zerosBelow += zeros;
    }
    return twiceWon / (2.0 * positives * (ascending.length - positives));
  }

  /** F1 = 2 hits / (predicted + positives): from the highest score down, one step a tie. */
  double bestThreshold() {
    long hits = 0;
    double bestF1 = -1;
    double best = Double.NaN;
    int start;
    for (int end = ascending.length; end > 0; end = start) {
      start = startOfTie(end);
      hits += onesIn(start, end);
      double f1 = 2.0 * hits / (ascending.length - start + (double) positives);
      if (f1 > bestF1) {
        bestF1 = f1;
        best = scoreOf(ascending[start]);
      }
    }
    return best;
  }

  private int endOfTie(int start) {
    int end = start + 1;
    while (end < ascending.length && ascending[end] >> 1 == ascending[start] >> 1) {
      end++;
    }
    return end;
  }

  private int startOfTie(int end) {
    int start = end - 1;
    while (start > 0 && ascending[start - 1] >> 1 == ascending[end - 1] >> 1) {
      start--;
    }
    return start;
  }

  private long onesIn(int start, int end) {
    long ones = 0;
    for (int i = start; i < end; i++) {
      ones += ascending[i] & 1;
    }
    return ones;
  }

  int size() {
    return ascending.length;
  }

  /** Hears of each distinct score, from the highest down. */
  interface Visitor {
    /**
     * All rows of one score.
     *
     * @param rows how many
     * @param ones those of label 1
     */
    void visit(float score, int rows, int ones);
  }

  /** Tells of the distinct scores with their rows, from the highest down. */
  void descend(Visitor visitor) {
    int start;
    for (int end = ascending.length; end > 0; end = start) {
      start = startOfTie(end);
      visitor.visit(scoreOf(ascending[start]), end - start, (int) onesIn(start, end));
    }
  }
}
