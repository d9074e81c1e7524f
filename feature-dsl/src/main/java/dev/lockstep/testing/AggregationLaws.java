package dev.lockstep.testing;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ColumnVector;
import dev.lockstep.aggregate.WindowRange;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The laws of {@link Aggregation} as a kit, for aggregations of your own too: random windows over
 * nasty values, entered and left in random orders, with every result compared to the bit.
 *
 * <p>Call {@link #check} in a test; a broken law is an {@link AssertionError} that names the law
 * and the seed.
 */
public final class AggregationLaws {
  private static final int ROUNDS = 60;
  private static final int MOST_ROWS = 24;

  private final Aggregation aggregation;
  private final ValueType input;
  private final long seed;
  private final SplittableRandom random;
  private final NastyValues values;
  private final RecordSchema.Component component;

  private AggregationLaws(Aggregation aggregation, ValueType input, long seed) {
    this.aggregation = aggregation;
    this.input = input;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.values = new NastyValues(random.split());
    this.component = new RecordSchema.Component("x", input, Object.class, true);
  }

  /**
   * Checks the laws over one type of input.
   *
   * @throws AssertionError naming the law that doesn't hold, and the seed
   * @throws IllegalArgumentException if the aggregation doesn't take the type
   */
  public static void check(Aggregation aggregation, ValueType input, long seed) {
    aggregation
        .rejection(input)
        .ifPresent(
            cure -> {
              throw new IllegalArgumentException(
                  aggregation.name() + " doesn't take " + input + ": " + cure);
            });
    AggregationLaws laws = new AggregationLaws(aggregation, input, seed);
    for (int round = 0; round < ROUNDS; round++) {
      laws.checkOrder();
      laws.checkRemoval();
      laws.checkNulls();
      laws.checkClear();
    }
  }

  /** Law 1: rows added in another order, some of them out and in again on the way. */
  private void checkOrder() {
    Window window = randomWindow();
    Values expected = window.inOrder();
    WindowState state = aggregation.newState(input);
    List<Integer> order = window.shuffledRows();
    for (int row : order) {
      state.add(window.column, row);
      if (random.nextInt(3) == 0) {
        state.remove(window.column, row);
        state.add(window.column, row);
      }
    }
    require("law 1: the order of additions changes nothing", expected, window.finish(state));
    require("law 1: a second reading changes nothing", expected, window.finish(state));
  }

  /** Law 2: rows that came and went leave no trace. */
  private void checkRemoval() {
    Window window = randomWindow();
    Values expected = window.inOrder();
    WindowState state = aggregation.newState(input);
    List<Integer> all = new ArrayList<>();
    for (int row = 0; row < window.column.size(); row++) {
      all.add(row);
    }
    shuffle(all);
    all.forEach(row -> state.add(window.column, row));
    shuffle(all);
    for (int row : all) {
      if (row < window.from() || row >= window.to()) {
        state.remove(window.column, row);
      }
    }
    require("law 2: add, then remove, changes nothing", expected, window.finish(state));
  }

  /** Law 3: the same window with the nulls left out of it gives the same. */
  private void checkNulls() {
    Window window = randomWindow();
    WindowState state = aggregation.newState(input);
    Values expected = window.inOrder();
    if (aggregation.name().equals("count")) {
      return; // reads no column
    }
    for (int row = window.from(); row < window.to(); row++) {
      if (!window.column.isNull(row)) {
        state.add(window.column, row);
      }
    }
    require("law 3: a null input changes nothing", expected, window.finish(state));
  }

  private void checkClear() {
    Window window = randomWindow();
    WindowState state = aggregation.newState(input);
    Values empty = new Values(List.of(aggregation.resultType(input)));
    state.finish(window.column, window.range(0, 0), empty, 0);
    for (int row = window.from(); row < window.to(); row++) {
      state.add(window.column, row);
    }
    window.finish(state);
    state.clear();
    Values cleared = new Values(List.of(aggregation.resultType(input)));
    state.finish(window.column, window.range(0, 0), cleared, 0);
    require("a cleared state is a new one", empty, cleared);
  }

  private void require(String law, Values expected, Values actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(
          aggregation.name()
              + " of "
              + input
              + " breaks "
              + law
              + ": expected "
              + expected
              + ", got "
              + actual
              + " (seed "
              + seed
              + ")");
    }
  }

  private void shuffle(List<Integer> rows) {
    for (int i = rows.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Integer swapped = rows.set(i, rows.get(other));
      rows.set(other, swapped);
    }
  }

  private Window randomWindow() {
    ColumnVector column = new ColumnVector(input);
    Values value = new Values(List.of(input));
    int rows = random.nextInt(MOST_ROWS);
    for (int row = 0; row < rows; row++) {
      @Nullable Object drawn = values.value(component);
      value.set(0, drawn);
      column.insert(row, value, 0);
    }
    int from = random.nextInt(rows + 1);
    return new Window(column, from, from + random.nextInt(rows - from + 1));
  }

  /** A range of a column whose rows are all at places of their own. */
  private final class Window implements WindowRange {
    private final ColumnVector column;
    private final int from;
    private final int to;

    Window(ColumnVector column, int from, int to) {
      this.column = column;
      this.from = from;
      this.to = to;
    }

    @Override
    public int from() {
      return from;
    }

    @Override
    public int to() {
      return to;
    }

    @Override
    public boolean tied(int rowA, int rowB) {
      return rowA == rowB;
    }

    Window range(int otherFrom, int otherTo) {
      return new Window(column, otherFrom, otherTo);
    }

    Values inOrder() {
      WindowState state = aggregation.newState(input);
      for (int row = from; row < to; row++) {
        state.add(column, row);
      }
      return finish(state);
    }

    Values finish(WindowState state) {
      Values out = new Values(List.of(aggregation.resultType(input)));
      state.finish(column, this, out, 0);
      return out;
    }

    List<Integer> shuffledRows() {
      List<Integer> rows = new ArrayList<>();
      for (int row = from; row < to; row++) {
        rows.add(row);
      }
      shuffle(rows);
      return rows;
    }
  }
}
