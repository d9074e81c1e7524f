package dev.lockstep.training.evaluate;

import java.util.Arrays;

/**
 * A model's scores in their order, to measure many drawings of their rows: sorted once, one pass a
 * drawing. Immutable.
 *
 * <p>A row is one int: its block, its label, and whether it is the last of its score. The figures
 * of calibration are taken from at most {@value #FINE} groups of rows of like score, those that add
 * up from sums by block.
 */
final class DrawnScores {
  private static final int FINE = 200;

  private final int[] packed;
  private final int[] blockRows;
  private final int[] blockOnes;
  private final double[] blockLoss;
  private final double[] blockScore;
  private final int[] fineEnds;
  private final int[] coarseOf;
  private final double[] logOdds;
  private final double[] meanScores;

  DrawnScores(Blocks blocks, float[] labels, float[] scores, Ranking ranking) {
    int n = labels.length;
    packed = new int[n];
    blockRows = new int[blocks.count()];
    blockOnes = new int[blocks.count()];
    blockLoss = new double[blocks.count()];
    blockScore = new double[blocks.count()];
    for (int i = 0; i < n; i++) {
      int row = ranking.ascending()[i];
      int block = blocks.of()[row];
      int one = labels[row] == 1 ? 2 : 0;
      int last = i + 1 == n || !ranking.ties()[i + 1] ? 1 : 0;
      packed[i] = block << 2 | one | last;
      blockRows[block]++;
      blockOnes[block] += one >> 1;
      blockLoss[block] += Evaluation.loss(labels[row], scores[row]);
      blockScore[block] += scores[row];
    }
    fineEnds = EqualCounts.ends(ranking, Math.min(n, FINE));
    logOdds = new double[fineEnds.length];
    meanScores = new double[fineEnds.length];
    coarseOf = new int[fineEnds.length];
    int[] coarseEnds = EqualCounts.ends(ranking, Calibration.BINS);
    int start = 0;
    for (int f = 0, coarse = 0; f < fineEnds.length; f++) {
      for (int i = start; i < fineEnds[f]; i++) {
        float score = scores[ranking.ascending()[i]];
        meanScores[f] += score;
        logOdds[f] += Evaluation.logOdds(score);
      }
      meanScores[f] /= fineEnds[f] - start;
      logOdds[f] /= fineEnds[f] - start;
      coarse += start == coarseEnds[coarse] ? 1 : 0;
      coarseOf[f] = coarse;
      start = fineEnds[f];
    }
  }

  /**
   * The figures where each block counts so many times, by {@link Metric}; all NaN where not both
   * labels are among the rows drawn.
   */
  double[] measure(byte[] times) {
    long rows = 0;
    long ones = 0;
    double loss = 0;
    double score = 0;
    for (int b = 0; b < times.length; b++) {
      rows += (long) times[b] * blockRows[b];
      ones += (long) times[b] * blockOnes[b];
      loss += times[b] * blockLoss[b];
      score += times[b] * blockScore[b];
    }
    double[] measured = new double[Metric.values().length];
    if (ones == 0 || ones == rows) {
      Arrays.fill(measured, Double.NaN);
      return measured;
    }
    long[] fineRows = new long[fineEnds.length];
    long[] fineOnes = new long[fineEnds.length];
    walk(times, rows, ones, measured, fineRows, fineOnes);
    measured[Metric.LOG_LOSS.ordinal()] = loss / rows;
    measured[Metric.OFFSET.ordinal()] = (score - ones) / rows;
    measured[Metric.ERROR.ordinal()] = error(fineRows, fineOnes) / rows;
    measured[Metric.SLOPE.ordinal()] = CalibrationLine.slope(logOdds, fineRows, fineOnes);
    return measured;
  }

  /** From the lowest score up: pairs won, precision at each score, and the groups' counts. */
  private void walk(
      byte[] times, long rows, long ones, double[] measured, long[] fineRows, long[] fineOnes) {
    long twiceWon = 0;
    double precisions = 0;
    long rowsBelow = 0;
    long onesBelow = 0;
    long rowsSeen = 0;
    long onesSeen = 0;
    int at = 0;
    for (int f = 0; f < fineEnds.length; f++) {
      long rowsBefore = rowsSeen;
      long onesBefore = onesSeen;
      for (; at < fineEnds[f]; at++) {
        int row = packed[at];
        int count = times[row >>> 2];
        rowsSeen += count;
        onesSeen += count & -(row >> 1 & 1);
        if ((row & 1) != 0) {
          long tiedOnes = onesSeen - onesBelow;
          if (tiedOnes > 0) {
            long tiedZeros = rowsSeen - rowsBelow - tiedOnes;
            twiceWon += tiedOnes * (2 * (rowsBelow - onesBelow) + tiedZeros);
            precisions += (double) (ones - onesBelow) / (rows - rowsBelow) * tiedOnes;
          }
          rowsBelow = rowsSeen;
          onesBelow = onesSeen;
        }
      }
      fineRows[f] = rowsSeen - rowsBefore;
      fineOnes[f] = onesSeen - onesBefore;
    }
    measured[Metric.AUC.ordinal()] = twiceWon / (2.0 * ones * (rows - ones));
    measured[Metric.AVERAGE_PRECISION.ordinal()] = precisions / ones;
  }

  /** The sum over all rows of their bin's distance between mean score and rate. */
  private double error(long[] fineRows, long[] fineOnes) {
    double sum = 0;
    double off = 0;
    for (int f = 0; f < fineEnds.length; f++) {
      off += fineRows[f] * meanScores[f] - fineOnes[f];
      if (f + 1 == fineEnds.length || coarseOf[f + 1] != coarseOf[f]) {
        sum += Math.abs(off);
        off = 0;
      }
    }
    return sum;
  }
}
