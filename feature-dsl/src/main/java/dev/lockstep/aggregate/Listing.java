package dev.lockstep.aggregate;

/** An aggregation whose result is a list of at most so many values, as JSON text. */
public interface Listing extends Aggregation {

  /** The greatest number of elements. */
  int size();

  @Override
  default boolean givesJson() {
    return true;
  }

  /** The aggregation that gives one element alone, of its own type; null where there is none. */
  Aggregation element(int place);
}
