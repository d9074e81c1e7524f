package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;

/**
 * Keeps the values of a window's first input in order, each as often as it occurs: numbers and
 * instants. One serves all quantiles of the same input.
 *
 * <p>To enter or leave costs a binary search and a move within 512 values; memory is 8 to 16 bytes
 * for each row that takes part.
 */
record SortedValues(ValueType input) implements StateSpec {

  @Override
  public Cost size() {
    return Cost.VALUES;
  }

  @Override
  public WindowState newState() {
    return new Sorted(input == ValueType.DOUBLE);
  }

  /** The values of a state of this, as {@link #ordered} has them. */
  static SortedLongs of(WindowState state) {
    return ((Sorted) state).values;
  }

  /**
   * Turns the bits of a double into a long of the same order, and back: negative ones have their
   * magnitude's bits flipped.
   */
  static long ordered(long doubleBits) {
    return doubleBits ^ ((doubleBits >> 63) & Long.MAX_VALUE);
  }

  private static final class Sorted implements WindowState {
    private final boolean doubles;
    private final SortedLongs values = new SortedLongs();

    Sorted(boolean doubles) {
      this.doubles = doubles;
    }

    @Override
    public void enter(WindowRows rows, int row) {
      values.add(inOrder(rows.input(0).bits(row)));
    }

    @Override
    public void leave(WindowRows rows, int row) {
      values.remove(inOrder(rows.input(0).bits(row)));
    }

    @Override
    public void clear() {
      values.clear();
    }

    private long inOrder(long bits) {
      return doubles ? ordered(bits) : bits;
    }
  }
}
