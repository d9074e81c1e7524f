package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Optional;

/**
 * {@code first(x)} and {@code last(x)}: the value at an end of the window's order (C3) that isn't
 * null. Of the input's type, null over nothing.
 *
 * <p>The log is in that order already; among rows that even their sequence doesn't tell apart the
 * least value is first and the greatest last. O(nulls and ties at the end), no state.
 *
 * @param name {@code first} or {@code last}
 * @param isLast which of the two
 */
public record FirstOrLast(String name, boolean isLast) implements Aggregation {

  public static FirstOrLast first() {
    return new FirstOrLast("first", false);
  }

  public static FirstOrLast last() {
    return new FirstOrLast("last", true);
  }

  @Override
  public Optional<String> rejection(ValueType input) {
    return Optional.empty();
  }

  @Override
  public ValueType resultType(ValueType input) {
    return input;
  }

  @Override
  public WindowState newState(ValueType input) {
    return isLast ? FirstOrLast::finishLast : FirstOrLast::finishFirst;
  }

  private static void finishFirst(ColumnVector column, WindowRange range, Values out, int index) {
    int row = range.from();
    while (row < range.to() && column.isNull(row)) {
      row++;
    }
    int best = row;
    for (int next = row + 1; next < range.to() && range.tied(row, next); next++) {
      if (!column.isNull(next) && column.compare(next, best) < 0) {
        best = next;
      }
    }
    write(column, best, row < range.to(), out, index);
  }

  private static void finishLast(ColumnVector column, WindowRange range, Values out, int index) {
    int row = range.to() - 1;
    while (row >= range.from() && column.isNull(row)) {
      row--;
    }
    int best = row;
    for (int next = row - 1; next >= range.from() && range.tied(row, next); next--) {
      if (!column.isNull(next) && column.compare(next, best) > 0) {
        best = next;
      }
    }
    write(column, best, row >= range.from(), out, index);
  }

  private static void write(ColumnVector column, int row, boolean found, Values out, int index) {
    if (found) {
      column.get(row, out, index);
    } else {
      out.setNull(index);
    }
  }
}
