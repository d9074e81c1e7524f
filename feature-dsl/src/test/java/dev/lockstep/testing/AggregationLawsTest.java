package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.Count;
import dev.lockstep.aggregate.Deviation;
import dev.lockstep.aggregate.Distinct;
import dev.lockstep.aggregate.Exactness;
import dev.lockstep.aggregate.Extreme;
import dev.lockstep.aggregate.NthValue;
import dev.lockstep.aggregate.Rate;
import dev.lockstep.aggregate.StateSpec;
import dev.lockstep.aggregate.Sum;
import dev.lockstep.aggregate.WindowRows;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our aggregations keep the laws, and the kit catches those that don't. */
class AggregationLawsTest {
  private static final long SEED = 20_261_122;

  @TestFactory
  Stream<DynamicTest> everyAggregationKeepsTheLaws() {
    List<Aggregation> all =
        List.of(
            new Sum(),
            new Average(),
            new Deviation(true, true),
            new Deviation(false, false),
            new Distinct(),
            new Extreme(false),
            new Extreme(true),
            new NthValue(false, 1),
            new NthValue(true, 1),
            new NthValue(true, 2));
    return Stream.concat(
        Stream.of(new Count(), new Rate()).map(a -> law(a, List.of())),
        all.stream()
            .flatMap(
                aggregation ->
                    Stream.of(ValueType.values())
                        .map(List::of)
                        .filter(types -> aggregation.rejection(types).isEmpty())
                        .map(types -> law(aggregation, types))));
  }

  private static DynamicTest law(Aggregation aggregation, List<ValueType> types) {
    return DynamicTest.dynamicTest(
        aggregation.name() + " of " + types + ", seed " + SEED,
        () -> AggregationLaws.check(aggregation, types, SEED));
  }

  /** A sum as one should not write it: it depends on the order, and removal leaves dust. */
  private record NaiveSum() implements Aggregation {
    @Override
    public String name() {
      return "naive_sum";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Optional<String> rejection(List<ValueType> inputs) {
      return inputs.get(0) == ValueType.DOUBLE
          ? Optional.empty()
          : Optional.of("aggregate a double");
    }

    @Override
    public ValueType resultType(List<ValueType> inputs) {
      return ValueType.DOUBLE;
    }

    @Override
    public Exactness exactness() {
      return Exactness.STEPPED;
    }

    @Override
    public StateSpec state(List<ValueType> inputs) {
      return FloatingSum::new;
    }

    @Override
    public void finish(WindowState state, WindowRows rows, Values out, int index) {
      out.setDouble(index, ((FloatingSum) state).sum);
    }
  }

  private static final class FloatingSum implements WindowState {
    private double sum;

    @Override
    public void enter(WindowRows rows, int row) {
      sum += rows.input(0).getDouble(row);
    }

    @Override
    public void leave(WindowRows rows, int row) {
      sum -= rows.input(0).getDouble(row);
    }

    @Override
    public void clear() {
      sum = 0;
    }
  }

  @Test
  void theKitCatchesAFloatingSum() {
    AssertionError broken =
        assertThrows(
            AssertionError.class,
            () -> AggregationLaws.check(new NaiveSum(), ValueType.DOUBLE, SEED));
    assertTrue(
        broken.getMessage().startsWith("naive_sum of [DOUBLE] breaks law "), broken::getMessage);
    assertTrue(broken.getMessage().endsWith("(seed " + SEED + ")"), broken::getMessage);
  }

  @Test
  void aTypeThatIsNotTaken() {
    assertEquals(
        "naive_sum doesn't take [STRING]: aggregate a double",
        assertThrows(
                IllegalArgumentException.class,
                () -> AggregationLaws.check(new NaiveSum(), ValueType.STRING, SEED))
            .getMessage());
  }
}
