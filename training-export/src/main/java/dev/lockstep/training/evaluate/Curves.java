package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a score's rates as the threshold falls.
 *
 * @param roc false positive rate to true positive rate, from (0, 0) to (1, 1)
 * @param precisionRecall recall to precision, from the highest score's to (1, share of 1s)
 * @param averagePrecision the area under precision-recall by steps: the sum over thresholds of
 *     precision times what recall it adds; exact, of all points
 */
public record Curves(
    List<CurvePoint> roc, List<CurvePoint> precisionRecall, double averagePrecision) {

  /** How many points each curve keeps at most. */
  static final int MOST_POINTS = 500;

  public Curves {
    roc = List.copyOf(roc);
    precisionRecall = List.copyOf(precisionRecall);
  }

  /** The curves of scores, thinned to the points that decide their shape. */
  static Curves of(RankedScores scores) {
    Walk walk = new Walk(scores.positives(), scores.size() - scores.positives());
    scores.descend(walk);
    return new Curves(
        Thinning.of(walk.roc, MOST_POINTS),
        Thinning.of(walk.precisionRecall, MOST_POINTS),
        walk.averagePrecision);
  }

  /** From the highest score down, counting. */
  private static final class Walk implements RankedScores.Visitor {
    private final double positives;
    private final double negatives;
    private final List<CurvePoint> roc = new ArrayList<>();
    private final List<CurvePoint> precisionRecall = new ArrayList<>();
    private double averagePrecision;
    private long hits;
    private long predicted;

    Walk(int positives, int negatives) {
      this.positives = positives;
      this.negatives = negatives;
    }

    @Override
    public void visit(float score, int rows, int ones) {
      if (predicted == 0) {
        roc.add(new CurvePoint(0, 0, Math.nextUp(score)));
      }
      predicted += rows;
      hits += ones;
      double precision = (double) hits / predicted;
      averagePrecision += precision * (ones / positives);
      roc.add(new CurvePoint((predicted - hits) / negatives, hits / positives, score));
      precisionRecall.add(new CurvePoint(hits / positives, precision, score));
    }
  }
}
