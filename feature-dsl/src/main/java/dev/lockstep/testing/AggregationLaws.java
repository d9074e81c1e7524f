package dev.lockstep.testing;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

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
  private final List<ValueType> inputs;
  private final long seed;
  private final SplittableRandom random;
  private final NastyValues values;

  private AggregationLaws(Aggregation aggregation, List<ValueType> inputs, long seed) {
    this.aggregation = aggregation;
    this.inputs = List.copyOf(inputs);
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.values = new NastyValues(random.split());
  }

  /** Checks the laws over one input. */
  public static void check(Aggregation aggregation, ValueType input, long seed) {
    check(aggregation, List.of(input), seed);
  }

  /**
   * Checks the laws over inputs of these types.
   *
   * @throws AssertionError naming the law that doesn't hold, and the seed
   * @throws IllegalArgumentException if the aggregation doesn't take the types
   */
  public static void check(Aggregation aggregation, List<ValueType> inputs, long seed) {
    aggregation
        .rejection(inputs)
        .ifPresent(
            cure -> {
              throw new IllegalArgumentException(
                  aggregation.name() + " doesn't take " + inputs + ": " + cure);
            });
    AggregationLaws laws = new AggregationLaws(aggregation, inputs, seed);
    for (int round = 0; round < ROUNDS; round++) {
      laws.checkOrder();
      laws.checkRemoval();
      laws.checkTakingPart();
      laws.checkClear();
    }
  }

  /** Law 1: rows that entered in another order, some of them out and in again on the way. */
  private void checkOrder() {
    LawWindow window = randomWindow();
    Values expected = entered(window);
    WindowState state = newState();
    LawWindow again = window.between(window.from(), window.to());
    List<Integer> order = rows(window.from(), window.to());
    shuffle(order);
    for (int row : order) {
      again.enter(state, row);
      if (random.nextInt(3) == 0) {
        again.leave(state, row);
        again.enter(state, row);
      }
    }
    require("law 1: the order of entering changes nothing", expected, finish(state, again));
    require("law 1: a second reading changes nothing", expected, finish(state, again));
  }

  /** Law 2: rows that came and went leave no trace. */
  private void checkRemoval() {
    LawWindow window = randomWindow();
    Values expected = entered(window);
    WindowState state = newState();
    LawWindow again = window.between(window.from(), window.to());
    List<Integer> all = rows(0, window.rows());
    shuffle(all);
    all.forEach(row -> again.enter(state, row));
    shuffle(all);
    for (int row : all) {
      if (row < window.from() || row >= window.to()) {
        again.leave(state, row);
      }
    }
    require("law 2: enter, then leave, changes nothing", expected, finish(state, again));
  }

  /** Law 3: the same window without the rows that take no part gives the same. */
  private void checkTakingPart() {
    LawWindow window = randomWindow();
    if (inputs.isEmpty()) {
      return; // all rows take part
    }
    List<Integer> taking = new ArrayList<>();
    for (int row = 0; row < window.rows(); row++) {
      if (row < window.from() || row >= window.to() || window.takesPart(row)) {
        taking.add(row);
      }
    }
    List<ColumnVector> columns = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ColumnVector column = new ColumnVector(inputs.get(i));
      for (int row : taking) {
        column.insert(column.size(), window.input(i), row);
      }
      columns.add(column);
    }
    long[] times = taking.stream().mapToLong(window::eventTimeMicros).toArray();
    int kept = window.rows() - taking.size();
    LawWindow without = new LawWindow(columns, times, window.from(), window.to() - kept);
    if (without.requestTimeMicros() == window.requestTimeMicros()
        && without.afterMicros() == window.afterMicros()) {
      require("law 3: a row that takes no part changes nothing", entered(window), entered(without));
    }
  }

  private void checkClear() {
    LawWindow window = randomWindow();
    LawWindow empty = window.between(0, 0);
    Values nothing = finish(newState(), empty);
    WindowState state = newState();
    rows(window.from(), window.to()).forEach(row -> window.enter(state, row));
    finish(state, window);
    state.clear();
    window.left();
    require("law 4: a cleared state is a new one", nothing, finish(state, empty));
  }

  private void require(String law, Values expected, Values actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(
          aggregation.name()
              + " of "
              + inputs
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

  private static List<Integer> rows(int from, int to) {
    List<Integer> rows = new ArrayList<>();
    for (int row = from; row < to; row++) {
      rows.add(row);
    }
    return rows;
  }

  private void shuffle(List<Integer> rows) {
    for (int i = rows.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Integer swapped = rows.set(i, rows.get(other));
      rows.set(other, swapped);
    }
  }

  private WindowState newState() {
    return aggregation.state(inputs).newState();
  }

  private Values entered(LawWindow window) {
    LawWindow fresh = window.between(window.from(), window.to());
    WindowState state = newState();
    rows(window.from(), window.to()).forEach(row -> fresh.enter(state, row));
    return finish(state, fresh);
  }

  private Values finish(WindowState state, LawWindow window) {
    Values out = new Values(List.of(aggregation.resultType(inputs)));
    aggregation.finish(state, window, out, 0);
    return out;
  }

  private LawWindow randomWindow() {
    int rows = random.nextInt(MOST_ROWS);
    List<ColumnVector> columns = new ArrayList<>();
    for (ValueType input : inputs) {
      RecordSchema.Component component =
          new RecordSchema.Component("x", "x", input, Object.class, true, false, false);
      ColumnVector column = new ColumnVector(input);
      Values value = new Values(List.of(input));
      for (int row = 0; row < rows; row++) {
        value.set(0, values.value(component));
        column.insert(row, value, 0);
      }
      columns.add(column);
    }
    long[] times = new long[rows];
    for (int row = 0; row < rows; row++) {
      times[row] = (row == 0 ? 0 : times[row - 1]) + 1 + random.nextInt(1_000_000);
    }
    int from = random.nextInt(rows + 1);
    return new LawWindow(columns, times, from, from + random.nextInt(rows - from + 1));
  }
}
