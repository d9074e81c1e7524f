package dev.lockstep.training;

/** A training set that nothing can be learnt from as asked, with the cure. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the message of both.
   *
   * @param problem what is wrong, naming the feature, row or folder
   * @param cure what to do instead
   */
  public TrainingException(String problem, String cure) {
    super(problem + "\n    cure: " + cure);
  }
}
