package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.ColumnVector;
import dev.lockstep.aggregate.Count;
import dev.lockstep.aggregate.Distinct;
import dev.lockstep.aggregate.Extreme;
import dev.lockstep.aggregate.FirstOrLast;
import dev.lockstep.aggregate.StandardDeviation;
import dev.lockstep.aggregate.Sum;
import dev.lockstep.aggregate.WindowRange;
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
            new Count(),
            new Sum(),
            new Average(),
            new StandardDeviation(),
            new Distinct(),
            Extreme.least(),
            Extreme.greatest(),
            FirstOrLast.first(),
            FirstOrLast.last());
    return all.stream()
        .flatMap(
            aggregation ->
                Stream.of(ValueType.values())
                    .filter(type -> aggregation.rejection(type).isEmpty())
                    .map(
                        type ->
                            DynamicTest.dynamicTest(
                                aggregation.name() + " of " + type + ", seed " + SEED,
                                () -> AggregationLaws.check(aggregation, type, SEED))));
  }

  /** A sum as one should not write it: it depends on the order, and removal leaves dust. */
  private record NaiveSum() implements Aggregation {
    @Override
    public String name() {
      return "naive_sum";
    }

    @Override
    public Optional<String> rejection(ValueType input) {
      return input == ValueType.DOUBLE ? Optional.empty() : Optional.of("aggregate a double");
    }

    @Override
    public ValueType resultType(ValueType input) {
      return ValueType.DOUBLE;
    }

    @Override
    public WindowState newState(ValueType input) {
      return new WindowState() {
        private double sum;

        @Override
        public void add(ColumnVector column, int row) {
          sum += column.getDouble(row);
        }

        @Override
        public void remove(ColumnVector column, int row) {
          sum -= column.getDouble(row);
        }

        @Override
        public void clear() {
          sum = 0;
        }

        @Override
        public void finish(ColumnVector column, WindowRange range, Values out, int index) {
          out.setDouble(index, sum);
        }
      };
    }
  }

  @Test
  void theKitCatchesAFloatingSum() {
    AssertionError broken =
        assertThrows(
            AssertionError.class,
            () -> AggregationLaws.check(new NaiveSum(), ValueType.DOUBLE, SEED));
    assertTrue(
        broken.getMessage().startsWith("naive_sum of DOUBLE breaks law "), broken::getMessage);
    assertTrue(broken.getMessage().endsWith("(seed " + SEED + ")"), broken::getMessage);
  }

  @Test
  void aTypeThatIsNotTaken() {
    assertEquals(
        "naive_sum doesn't take STRING: aggregate a double",
        assertThrows(
                IllegalArgumentException.class,
                () -> AggregationLaws.check(new NaiveSum(), ValueType.STRING, SEED))
            .getMessage());
  }
}
