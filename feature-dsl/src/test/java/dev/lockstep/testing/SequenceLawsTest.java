package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ArgExtreme;
import dev.lockstep.aggregate.Change;
import dev.lockstep.aggregate.DistanceTravelled;
import dev.lockstep.aggregate.EndValues;
import dev.lockstep.aggregate.Entropy;
import dev.lockstep.aggregate.GapMean;
import dev.lockstep.aggregate.GapStddev;
import dev.lockstep.aggregate.Histogram;
import dev.lockstep.aggregate.Listing;
import dev.lockstep.aggregate.NewestDistinct;
import dev.lockstep.aggregate.NthFrequent;
import dev.lockstep.aggregate.RankedValues;
import dev.lockstep.aggregate.Since;
import dev.lockstep.aggregate.Speed;
import dev.lockstep.aggregate.Streak;
import dev.lockstep.aggregate.TopFrequent;
import dev.lockstep.aggregate.TopShare;
import dev.lockstep.aggregate.TopSpeed;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The aggregations of order, categories, times and steps keep the laws. */
class SequenceLawsTest {
  private static final long SEED = 20_261_122;

  private static final List<Aggregation> OF_EVENTS =
      List.of(new Since(true), new Since(false), new GapMean(), new GapStddev());

  private static final List<Aggregation> OF_VALUES =
      List.of(
          new EndValues(false, 3),
          new EndValues(true, 3),
          new NewestDistinct(3),
          new RankedValues(true, 3),
          new RankedValues(false, 3),
          new NthFrequent(1),
          new TopFrequent(3),
          new Histogram(),
          new Entropy(),
          new TopShare(),
          new Change(),
          new Streak());

  private static final List<Aggregation> OF_PAIRS =
      List.of(
          new ArgExtreme(false),
          new ArgExtreme(true),
          new DistanceTravelled(),
          new Speed(),
          new TopSpeed());

  @TestFactory
  Stream<DynamicTest> everyAggregationKeepsTheLaws() {
    List<DynamicTest> laws = new ArrayList<>();
    OF_EVENTS.forEach(aggregation -> laws.add(law(aggregation, List.of())));
    for (ValueType one : ValueType.values()) {
      for (Aggregation aggregation : OF_VALUES) {
        add(aggregation, List.of(one), laws);
        if (aggregation instanceof Listing list) {
          add(list.element(1), List.of(one), laws);
          add(list.element(2), List.of(one), laws);
        }
      }
      for (ValueType other : ValueType.values()) {
        OF_PAIRS.forEach(aggregation -> add(aggregation, List.of(one, other), laws));
      }
    }
    assertTrue(laws.size() > 100, () -> "only " + laws.size());
    return laws.stream();
  }

  private static void add(Aggregation aggregation, List<ValueType> types, List<DynamicTest> laws) {
    if (aggregation.rejection(types).isEmpty()) {
      laws.add(law(aggregation, types));
    }
  }

  private static DynamicTest law(Aggregation aggregation, List<ValueType> types) {
    return DynamicTest.dynamicTest(
        aggregation.name() + " of " + types + ", seed " + SEED,
        () -> AggregationLaws.check(aggregation, types, SEED));
  }
}
