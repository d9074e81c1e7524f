package dev.lockstep.kernel;

import static dev.lockstep.define.Expressions.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.aggregate.Listing;
import dev.lockstep.define.Aggregate;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.define.WindowedAggregate;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import dev.lockstep.testing.RandomSequences;
import dev.lockstep.testing.RandomWindows;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * C3, C6, C7: the aggregations of order, categories, times and steps over random windows and nasty
 * events, against the definition, to the bit.
 */
class SequencesAgainstOracleTest {
  private static final long FIRST_SEED = 20_261_122;
  private static final int DEFINITIONS = 16;
  private static final int EVENTS = 160;

  private final Map<String, Integer> presentByKind = new TreeMap<>();

  private static FeaturePlan plan(SplittableRandom random) {
    EventSource<Swipe> swipes =
        EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at).id(Swipe::id);
    swipes = random.nextBoolean() ? swipes.availableAt(Swipe::known) : swipes;
    swipes = random.nextBoolean() ? swipes.sequence(Swipe::seq) : swipes;
    FeatureView<Swipe> view =
        FeatureView.named("by_card").over(swipes).by(RandomDefinitions.CARD, Swipe::card);
    int names = 0;
    for (Aggregate<Swipe> aggregate : RandomSequences.all(random)) {
      view = view.feature("f" + names++, over(listed(aggregate, random), random));
      view = view.feature("f" + names++, over(modified(listed(aggregate, random), random), random));
    }
    return FeaturePlan.of(
        FeatureSet.named("sequences")
            .forEach(swipes)
            .entity(RandomDefinitions.CARD, Swipe::card)
            .with(view));
  }

  private static Aggregate<Swipe> listed(Aggregate<Swipe> aggregate, SplittableRandom random) {
    return aggregate.aggregation() instanceof Listing && random.nextInt(3) == 0
        ? aggregate.asColumns()
        : aggregate;
  }

  private static Aggregate<Swipe> modified(Aggregate<Swipe> aggregate, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> aggregate.where(field(Swipe::online));
      case 1 -> aggregate.by(Swipe::items, 1, 2);
      case 2 -> aggregate.inColumns() ? aggregate : aggregate.by(Swipe::online);
      default -> aggregate;
    };
  }

  private static WindowedAggregate<Swipe> over(
      Aggregate<Swipe> aggregate, SplittableRandom random) {
    Window window = RandomWindows.next(random);
    while (!RandomSequences.fits(aggregate, window)) {
      window = RandomWindows.next(random);
    }
    WindowedAggregate<Swipe> value = aggregate.over(window);
    return random.nextInt(3) == 0 ? value.excludingRequest() : value;
  }

  private void compare(String path, FeaturePlan plan, List<OracleVector> expected, KernelRun run) {
    assertEquals(
        expected.stream().map(OracleVector::place).toList(), List.copyOf(run.vectors.keySet()));
    for (OracleVector vector : expected) {
      Values values = run.vectors.get(vector.place()).values();
      for (int i = 0; i < values.size(); i++) {
        FeatureColumn column = plan.features().get(i);
        ViewPlan.Feature feature = plan.views().get(0).features().get(column.slot());
        assertEquals(
            vector.values().get(i), values.get(i), () -> path + ", " + vector + ": " + feature);
        presentByKind.merge(
            feature.aggregation().getClass().getSimpleName(),
            values.isNull(i) ? 0 : 1,
            Integer::sum);
      }
      assertEquals(vector.values(), values, path);
    }
  }

  @Test
  void kernelAndOracleAgree() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DEFINITIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FeaturePlan plan = plan(random);
      NastyEvents events =
          seed % 3 == 0 ? NastyEvents.inHistory(plan, seed) : NastyEvents.onKafka(plan, seed);
      NaiveOracle oracle = new NaiveOracle(plan);
      List<SourceRow> rows = oracle.admitted(events.records(EVENTS));
      List<OracleVector> expected = oracle.vectors(rows);
      KernelRun inOrder = new KernelRun(plan, rows);
      compare(
          "knowledge order, seed " + seed, plan, expected, inOrder.run(inOrder.inKnowledgeOrder()));
      KernelRun anyOrder = new KernelRun(plan, rows);
      compare(
          "random order, seed " + seed,
          plan,
          expected,
          anyOrder.run(anyOrder.inRandomOrder(random)));
      KernelRun retracting = new KernelRun(plan, rows);
      compare(
          "retracted, seed " + seed,
          plan,
          expected,
          retracting.runRetracting(retracting.inRandomOrder(random), random));
    }
    System.out.println("values that are not null: " + presentByKind);
    Set<String> never = new TreeSet<>(presentByKind.keySet());
    never.removeIf(name -> presentByKind.getOrDefault(name, 0) > 0);
    assertTrue(never.isEmpty(), () -> "always null, so nothing was compared: " + never);
    assertTrue(presentByKind.size() > 20, () -> "only " + presentByKind.keySet());
  }
}
