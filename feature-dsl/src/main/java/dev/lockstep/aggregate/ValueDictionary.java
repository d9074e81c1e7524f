package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;

/**
 * The different values that were looked up, numbered in the order in which they came: a hash table
 * with linear probing whose keys lie in one column, so that no value is boxed.
 *
 * <p>D. E. Knuth, "The Art of Computer Programming" 3, 6.4, algorithm L.
 */
final class ValueDictionary {
  private static final int FIRST_SLOTS = 16;

  private final ColumnVector values;

  /** One more than the number of the value there; 0 for none. */
  private int[] slots = new int[FIRST_SLOTS];

  ValueDictionary(ValueType type) {
    this.values = new ColumnVector(type);
  }

  /** The values, at their numbers. */
  ColumnVector values() {
    return values;
  }

  int size() {
    return values.size();
  }

  /** The number of the value of a row that isn't null; the size before, if it is new. */
  int number(ColumnVector column, int row) {
    int candidate = values.size();
    values.insert(candidate, column, row);
    int slot = slotOf(candidate);
    if (slots[slot] != 0) {
      values.remove(candidate, candidate + 1);
      return slots[slot] - 1;
    }
    slots[slot] = candidate + 1;
    if (values.size() * 2 > slots.length) {
      grow();
    }
    return candidate;
  }

  /** The slot that holds the same value, or the free one where it belongs. */
  private int slotOf(int number) {
    int mask = slots.length - 1;
    int slot = values.hash(number) & mask;
    while (slots[slot] != 0 && !values.sameValue(slots[slot] - 1, number)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int number = 0; number < values.size(); number++) {
      slots[slotOf(number)] = number + 1;
    }
  }
}
