package dev.lockstep.training.profile;

/** How a column goes with a label that is a number: Pearson's correlation, over rows with both. */
final class Correlation {
  private Correlation() {}

  /** -1 to 1; NaN where either doesn't vary. */
  static double of(double[] values, double[] labels) {
    long n = 0;
    double meanX = 0;
    double meanY = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i]) || Double.isNaN(labels[i])) {
        continue;
      }
      n++;
      double dx = values[i] - meanX;
      double dy = labels[i] - meanY;
      meanX += dx / n;
      meanY += dy / n;
      xx += dx * (values[i] - meanX);
      yy += dy * (labels[i] - meanY);
      xy += dx * (labels[i] - meanY);
    }
    double spread = Math.sqrt(xx) * Math.sqrt(yy);
    return spread > 0 ? Math.max(-1, Math.min(1, xy / spread)) : Double.NaN;
  }
}
