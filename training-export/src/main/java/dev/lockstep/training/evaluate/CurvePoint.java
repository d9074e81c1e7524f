package dev.lockstep.training.evaluate;

/**
 * A point of a curve over thresholds.
 *
 * @param x of ROC the false positive rate, of precision-recall the recall
 * @param y of ROC the true positive rate, of precision-recall the precision
 * @param threshold scores at or above it count as predicted 1
 */
public record CurvePoint(double x, double y, double threshold) {}
