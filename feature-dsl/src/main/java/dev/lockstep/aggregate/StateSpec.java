package dev.lockstep.aggregate;

/**
 * What an aggregation keeps over a window: a record, so that features that keep the same over the
 * same inputs share one state.
 */
public interface StateSpec {
  /** Keeps nothing: the result is read off the window's rows. */
  StateSpec NONE = new Nothing();

  /** A new, empty state. */
  WindowState newState();

  /** Whether a state of this serves those that ask for another: the same, or less. */
  default boolean covers(StateSpec other) {
    return equals(other);
  }

  /** How it grows with what the window holds; a constant unless it says otherwise. */
  default Cost size() {
    return Cost.CONSTANT;
  }

  /**
   * Whether there is anything to keep; rows aren't shown to a state that isn't needed.
   *
   * @param allTakePart whether every row of every window takes part
   */
  default boolean isNeeded(boolean allTakePart) {
    return true;
  }

  /** Keeps nothing. */
  record Nothing() implements StateSpec {
    @Override
    public boolean isNeeded(boolean allTakePart) {
      return false;
    }

    @Override
    public WindowState newState() {
      return new WindowState() {
        @Override
        public void enter(WindowRows rows, int row) {}

        @Override
        public void leave(WindowRows rows, int row) {}

        @Override
        public void clear() {}
      };
    }
  }
}
