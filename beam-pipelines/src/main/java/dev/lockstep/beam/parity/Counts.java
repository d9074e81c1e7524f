package dev.lockstep.beam.parity;

/** The names of what is counted on the way to a {@link ParityReport}. */
final class Counts {
  static final String VECTORS = "vectors";
  static final String COMPARED = "compared";
  static final String IDENTICAL = "identical";
  static final String DIFFERING = "differing";
  static final String EXPLAINED = "explained";
  static final String MISSED = "missed";
  static final String BEFORE_LOG = "beforeLog";
  static final String UNANSWERED = "unanswered";
  static final String WAITING = "waiting";
  static final String UNASKED = "unasked";
  static final String LATER = "later";
  static final String REPEATS = "repeats";
  static final String DIFFERING_REPEATS = "differingRepeats";
  static final String UNREADABLE = "unreadable";

  /** Begins the count of vectors of another plan, before its fingerprint. */
  static final String FOREIGN = "foreign/";

  /** Begins the count of vectors in which a feature differs, before its name. */
  static final String FEATURE = "feature/";

  /** Begins the counts of rows by source. */
  static final String ROWS = "rows/";

  /** Begins the counts of overdue rows by source. */
  static final String OVERDUE = "overdue/";

  /** Begins the counts of copies by source, as the batch counts them. */
  static final String COPIES = "duplicates/";

  private Counts() {}
}
