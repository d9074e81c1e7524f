package dev.lockstep.training.profile;

/** What a label is like. */
public enum LabelKind {
  /** There is none, or none is known. */
  NONE,
  /** 0 or 1, false or true. */
  BINARY,
  /** A number. */
  NUMERIC;

  static LabelKind of(double[] labels) {
    boolean any = false;
    for (double label : labels) {
      if (!Double.isNaN(label)) {
        any = true;
        if (label != 0 && label != 1) {
          return NUMERIC;
        }
      }
    }
    return any ? BINARY : NONE;
  }
}
