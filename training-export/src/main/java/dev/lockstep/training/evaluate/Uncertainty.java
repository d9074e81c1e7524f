package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a model, or the differences of two on the same rows, with 95 % intervals: by days
 * and by entities, whichever is wider.
 *
 * @param auc as {@link Evaluation#auc}
 * @param averagePrecision as {@link Curves#averagePrecision}
 * @param logLoss as {@link Evaluation#logLoss}
 * @param offset the mean score less the share of label 1: calibration in the large, 0 is best
 * @param calibrationError as {@link Calibration#error}. Of one model the interval lies too high: it
 *     is a sum of distances, and drawing anew adds to them; of a difference that cancels out
 * @param slope of {@link CalibrationLine}, 1 is best; null where it can't be told
 * @param notes what to know before believing the intervals
 */
public record Uncertainty(
    Estimate auc,
    Estimate averagePrecision,
    Estimate logLoss,
    Estimate offset,
    Estimate calibrationError,
    @Nullable Estimate slope,
    List<String> notes) {

  public Uncertainty {
    notes = List.copyOf(notes);
  }

  /**
   * Draws the rows anew; null where they are too few.
   *
   * @param others another model's scores, for the differences; null for the figures of one
   */
  static @Nullable Uncertainty of(TestRows rows, float[] scores, float @Nullable [] others) {
    Blocks.Choice choice = Blocks.choose(rows);
    Ranking ranking = Ranking.of(scores);
    Ranking otherRanking = others == null ? null : Ranking.of(others);
    List<BlockBootstrap> drawn = new ArrayList<>();
    for (Blocks blocks : choice.blocks()) {
      drawn.add(
          BlockBootstrap.of(
              blocks,
              new DrawnScores(blocks, rows.labels(), scores, ranking),
              others == null || otherRanking == null
                  ? null
                  : new DrawnScores(blocks, rows.labels(), others, otherRanking)));
    }
    if (widest(drawn, Metric.AUC) == null) {
      return null;
    }
    return new Uncertainty(
        told(drawn, Metric.AUC),
        told(drawn, Metric.AVERAGE_PRECISION),
        told(drawn, Metric.LOG_LOSS),
        told(drawn, Metric.OFFSET),
        told(drawn, Metric.ERROR),
        widest(drawn, Metric.SLOPE),
        choice.notes());
  }

  private static Estimate told(List<BlockBootstrap> drawn, Metric metric) {
    return Objects.requireNonNull(widest(drawn, metric), metric.name());
  }

  private static @Nullable Estimate widest(List<BlockBootstrap> drawn, Metric metric) {
    Estimate widest = null;
    for (BlockBootstrap bootstrap : drawn) {
      Estimate one = bootstrap.estimate(metric);
      if (one != null && (widest == null || one.width() > widest.width())) {
        widest = one;
      }
    }
    return widest;
  }
}
