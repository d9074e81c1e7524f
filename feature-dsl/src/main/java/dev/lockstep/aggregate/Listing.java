package dev.lockstep.aggregate;

/** An aggregation whose result is a list of at most so many values, as JSON text. */
public interface Listing extends Aggregation {
  /** The most elements that a list may be asked for: it refuses 0 and more than these. */
  int MOST = 1_000;

  /** The greatest number of elements. */
  int size();

  @Override
  default boolean givesJson() {
    return true;
  }

  /** The aggregation that gives one element alone, of its own type; null where there is none. */
  Aggregation element(int place);
}
