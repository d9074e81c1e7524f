package dev.lockstep.training.evaluate;

/** What is measured on each drawing of the rows. */
enum Metric {
  AUC,
  AVERAGE_PRECISION,
  LOG_LOSS,
  /** The mean score less the share of label 1. */
  OFFSET,
  /** As {@link Calibration#error}. */
  ERROR,
  /** As {@link CalibrationLine}. */
  SLOPE
}
