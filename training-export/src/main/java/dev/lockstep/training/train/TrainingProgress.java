package dev.lockstep.training.train;

/** Hears of each round of training, on the thread that trains; what it throws ends the training. */
@FunctionalInterface
public interface TrainingProgress {

  /**
   * A tree has been grown.
   *
   * @param round counted from 1
   * @param rounds how many there are at most; training may stop earlier
   * @param validationAuc the ensemble's so far, on rows it isn't grown from
   */
  void onRound(int round, int rounds, double validationAuc);

  /**
   * A tree has been grown again, from the validation part as well.
   *
   * @param round counted from 1
   * @param rounds how many there are
   */
  default void onRefitRound(int round, int rounds) {}

  /** All trees have been grown, and are judged now: as long again where there are many rows. */
  default void onEvaluation() {}
}
