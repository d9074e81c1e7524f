package dev.lockstep.training.evaluate;

/**
 * What was predicted at a threshold, and what came.
 *
 * @param truePositives predicted 1, came 1
 * @param falsePositives predicted 1, came 0
 * @param falseNegatives predicted 0, came 1
 * @param trueNegatives predicted 0, came 0
 */
public record Confusion(
    int truePositives, int falsePositives, int falseNegatives, int trueNegatives) {

  /** Counts rows whose score reaches the threshold as predicted 1. */
  static Confusion at(double threshold, float[] labels, float[] scores) {
    int[] counts = new int[4];
    for (int i = 0; i < labels.length; i++) {
      int predicted = scores[i] >= threshold ? 2 : 0;
      int came = labels[i] == 1 ? 1 : 0;
      counts[predicted + came]++;
    }
    return new Confusion(counts[3], counts[2], counts[1], counts[0]);
  }
}
