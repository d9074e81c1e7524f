package dev.lockstep.training.train;

/** What an option's text may be. */
interface OptionRule {

  boolean allows(String text);

  /** For people, after "is": "a whole number from 1 to 16". */
  String description();

  /** A whole number in a range, both ends in it. */
  static OptionRule whole(int least, int greatest) {
    return of(
        greatest == Integer.MAX_VALUE
            ? "a whole number from " + least
            : "a whole number from " + least + " to " + greatest,
        text -> {
          int value = Integer.parseInt(text);
          return value >= least && value <= greatest;
        });
  }

  /** A number that isn't below a bound. */
  static OptionRule atLeast(double least) {
    return of("a number from " + plain(least), text -> finite(text) >= least);
  }

  /** A number over 0, up to a bound that is in it. */
  static OptionRule overZeroUpTo(double greatest) {
    return of(
        "a number over 0, at most " + plain(greatest),
        text -> finite(text) > 0 && finite(text) <= greatest);
  }

  /** A share: over 0, below 1. */
  static OptionRule share() {
    return of("a number over 0, below 1", text -> finite(text) > 0 && finite(text) < 1);
  }

  static OptionRule trueOrFalse() {
    return of("true or false", text -> text.equals("true") || text.equals("false"));
  }

  /** A word, or a number over 0. */
  static OptionRule wordOrOverZero(String word) {
    return of(word + ", or a number over 0", text -> text.equals(word) || finite(text) > 0);
  }

  /** Whatever is checked elsewhere: it depends on the features that there are. */
  static OptionRule text(String description) {
    return of(description, text -> true);
  }

  private static OptionRule of(String description, Check check) {
    return new OptionRule() {
      @Override
      public boolean allows(String text) {
        try {
          return check.holds(text);
        } catch (NumberFormatException e) {
          return false;
        }
      }

      @Override
      public String description() {
        return description;
      }
    };
  }

  /** A check of a text that may be no number at all. */
  interface Check {
    boolean holds(String text);
  }

  private static double finite(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
