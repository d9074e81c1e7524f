package dev.lockstep.training.train;

/**
 * How trees are grown. {@link #defaults} suits some hundred thousand rows of a few dozen features.
 *
 * @param maxDepth of each tree
 * @param eta the learning rate: how much of each tree's answer is taken, over 0, at most 1
 * @param rounds how many trees at most
 * @param patience training stops after so many rounds without a better validation AUC
 * @param validationShare the last share of the time range, over 0 and below 1, that trees are
 *     validated on and not grown from
 * @param seed of whatever is random; nothing is with these options
 * @param threads how many threads grow trees; 0 for one a core. The same number gives the same
 *     model; another may round differently.
 */
public record TrainingOptions(
    int maxDepth,
    double eta,
    int rounds,
    int patience,
    double validationShare,
    int seed,
    int threads) {

  public TrainingOptions {
    require(maxDepth >= 1 && maxDepth <= 16, "maxDepth is 1 to 16", maxDepth);
    require(eta > 0 && eta <= 1, "eta is over 0, at most 1", eta);
    require(rounds >= 1, "rounds is at least 1", rounds);
    require(patience >= 1, "patience is at least 1", patience);
    require(
        validationShare > 0 && validationShare < 1,
        "validationShare is over 0, below 1",
        validationShare);
    require(threads >= 0, "threads is at least 1, or 0 for one a core", threads);
  }

  /** Depth 6, eta 0.15, at most 150 rounds, patience 15, the last fifth validates, all cores. */
  public static TrainingOptions defaults() {
    return new TrainingOptions(6, 0.15, 150, 15, 0.2, 1, 0);
  }

  public TrainingOptions withMaxDepth(int newMaxDepth) {
    return new TrainingOptions(newMaxDepth, eta, rounds, patience, validationShare, seed, threads);
  }

  public TrainingOptions withEta(double newEta) {
    return new TrainingOptions(maxDepth, newEta, rounds, patience, validationShare, seed, threads);
  }

  public TrainingOptions withRounds(int newRounds) {
    return new TrainingOptions(maxDepth, eta, newRounds, patience, validationShare, seed, threads);
  }

  public TrainingOptions withPatience(int newPatience) {
    return new TrainingOptions(maxDepth, eta, rounds, newPatience, validationShare, seed, threads);
  }

  public TrainingOptions withValidationShare(double newShare) {
    return new TrainingOptions(maxDepth, eta, rounds, patience, newShare, seed, threads);
  }

  public TrainingOptions withThreads(int newThreads) {
    return new TrainingOptions(maxDepth, eta, rounds, patience, validationShare, seed, newThreads);
  }

  private static void require(boolean holds, String rule, Number given) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", not " + given);
    }
  }
}
