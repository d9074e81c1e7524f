package dev.lockstep.training;

import java.util.List;

/** A training set that nothing can be learnt from as asked, with the cure. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One thing that is wrong, and what to do instead. */
  public record Problem(String problem, String cure) {}

  /**
   * Makes the message of both.
   *
   * @param problem what is wrong, naming the feature, row or folder
   * @param cure what to do instead
   */
  public TrainingException(String problem, String cure) {
    super(problem + "\n    cure: " + cure);
  }

  private TrainingException(String message) {
    super(message);
  }

  /**
   * All problems of one thing together.
   *
   * @param what has them, such as "the options of the training"
   * @param problems at least one
   */
  public static TrainingException ofAll(String what, List<Problem> problems) {
    StringBuilder text = new StringBuilder(what);
    text.append(problems.size() == 1 ? " have 1 error" : " have " + problems.size() + " errors");
    for (int i = 0; i < problems.size(); i++) {
      Problem p = problems.get(i);
      text.append("\n  ").append(i + 1).append(". ").append(p.problem());
      text.append("\n     cure: ").append(p.cure());
    }
    return new TrainingException(text.toString());
  }
}
