package dev.lockstep.aggregate.exact;

/** The rules on n that all means and moments share. */
final class Counts {

  private Counts() {}

  /** Returns n less what is taken out. */
  static long less(long count, long taken) {
    if (taken > count) {
      throw new IllegalStateException(
          "cannot take " + taken + " values out of " + count + ": subtract only what was added");
    }
    return count - taken;
  }

  static void require(long count, long atLeast, String result) {
    if (count < atLeast) {
      throw new IllegalStateException(
          result + " needs n >= " + atLeast + ", n is " + count + "; check count() first");
    }
  }
}
