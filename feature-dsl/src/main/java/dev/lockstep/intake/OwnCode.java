package dev.lockstep.intake;

import dev.lockstep.kernel.DataException;
import dev.lockstep.value.Shown;

/** What code that isn't ours throws while it looks at a row (C13, C17). */
final class OwnCode {
  private OwnCode() {}

  /**
   * The fault of the row that the code was given. An error of the machine or of the class path is
   * none: the next row would meet it, too.
   *
   * @param what begins the reason, up to "threw"
   * @param shown whether what the code says may be shown
   * @throws IllegalStateException for a class that isn't there or can't be loaded
   */
  static DataException fault(String what, Throwable thrown, boolean shown) {
    if (thrown instanceof LinkageError) {
      throw new IllegalStateException(
          what + " needs a class that can't be had on this class path: " + thrown, thrown);
    }
    if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
      throw error;
    }
    return new DataException(
        what
            + " threw "
            + thrown.getClass().getSimpleName()
            + (shown && thrown.getMessage() != null ? ": " + Shown.text(thrown.getMessage()) : ""),
        thrown);
  }
}
