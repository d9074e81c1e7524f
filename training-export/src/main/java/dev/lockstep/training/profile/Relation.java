package dev.lockstep.training.profile;

import java.util.List;

/**
 * What one column tells about the label.
 *
 * @param kind the label's
 * @param score for labels of 0 and 1 the AUC of the column alone (under one half where greater
 *     values go with 0), for numbers its correlation; for text what the label's mean by category,
 *     learnt in the first half of time, is worth in the second. NaN where it can't be told
 * @param nullScore the same of being null alone
 * @param equal whether it is the label itself in every row that has both
 * @param groups rows by value, and what their labels are
 * @param chances how likely each would be if the column told nothing
 */
public record Relation(
    LabelKind kind,
    double score,
    double nullScore,
    boolean equal,
    List<Group> groups,
    Chances chances) {

  /**
   * How likely it is that a column which tells nothing tells as much: at few rows much is likely. 1
   * where nothing is told.
   *
   * @param score that the score is so far from knowing nothing
   * @param nulls that the score of being null is
   * @param equal that it equals the label in every row that has both
   */
  public record Chances(double score, double nulls, double equal) {
    static final Chances NONE = new Chances(1, 1, 1);
  }

  /**
   * Rows of similar values.
   *
   * @param from their least value, NaN for nulls
   * @param to their greatest value, NaN for nulls
   * @param rows with and without label
   * @param labelled those with
   * @param mean of the labels: their rate if they are 0 and 1
   */
  public record Group(double from, double to, long rows, long labelled, double mean) {
    /** Whether these are the rows without value. */
    public boolean isNull() {
      return Double.isNaN(from);
    }
  }

  public Relation {
    groups = List.copyOf(groups);
  }

  static Relation none() {
    return new Relation(LabelKind.NONE, Double.NaN, Double.NaN, false, List.of(), Chances.NONE);
  }

  /** How much it tells, whichever way: 0 for nothing (or unknown) to 1 for all. */
  public double strength() {
    return strength(score);
  }

  /** How much being null tells. */
  public double nullStrength() {
    return strength(nullScore);
  }

  private double strength(double of) {
    if (Double.isNaN(of)) {
      return 0;
    }
    return kind == LabelKind.BINARY ? 2 * Math.abs(of - 0.5) : Math.abs(of);
  }
}
