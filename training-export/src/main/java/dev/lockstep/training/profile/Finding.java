package dev.lockstep.training.profile;

/**
 * Something about a training set that its reader should know.
 *
 * @param title one line
 * @param text what it may mean, and the cure
 */
public record Finding(Weight weight, String title, String text) {

  /** How much it matters; in this order they are told. */
  public enum Weight {
    /** A model learnt from this set may be worthless in production. */
    SERIOUS,
    /** To be looked at before training. */
    WARNING,
    /** Good to know. */
    REMARK
  }
}
