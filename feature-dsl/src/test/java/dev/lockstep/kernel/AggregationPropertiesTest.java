package dev.lockstep.kernel;

import static dev.lockstep.define.Expressions.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.AggregationCatalog;
import dev.lockstep.define.AggregationDescription;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.define.WindowedAggregate;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RandomBasics;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import dev.lockstep.testing.RandomDistributions;
import dev.lockstep.testing.RandomSequences;
import dev.lockstep.testing.RandomWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Every aggregation, over random windows and modifiers and nasty events, in every way the kernel
 * can come by them, against the definition, to the bit.
 *
 * <p>A try is one case of each aggregation; {@code -Dproperty.tries=100000} makes it a long run.
 */
class AggregationPropertiesTest {
  private static final Map<Integer, Integer> CASES = new TreeMap<>();
  private static long compared;
  private static long present;

  /** How the events come. */
  private enum Way {
    IN_KNOWLEDGE_ORDER,
    PRUNED,
    PERMUTED,
    SERIALISED,
    IN_BLOCKS,
    SPLIT_AND_MERGED,
    RETRACTED;

    KernelRun run(FeaturePlan plan, List<SourceRow> rows, SplittableRandom random) {
      KernelRun run = new KernelRun(plan, rows);
      return switch (this) {
        case IN_KNOWLEDGE_ORDER -> run.run(run.inKnowledgeOrder());
        case PRUNED -> run.runPruning();
        case PERMUTED -> run.run(run.inRandomOrder(random));
        case SERIALISED -> run.runStoring(run.inRandomOrder(random), random);
        case IN_BLOCKS -> run.runInBlocks(run.inRandomOrder(random), random, false);
        case SPLIT_AND_MERGED -> run.runSplitting(run.inRandomOrder(random), random);
        case RETRACTED -> run.runRetracting(run.inRandomOrder(random), random);
      };
    }

    /** Whether it leaves the states that another such way leaves. */
    boolean keepsAll() {
      return this != PRUNED && this != RETRACTED;
    }
  }

  @Property(seed = "20261122", shrinking = ShrinkingMode.BOUNDED)
  void everyPathEqualsTheDefinition(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
    List<Aggregate<Swipe>> all = aggregations(new SplittableRandom(seed));
    for (int i = 0; i < all.size(); i++) {
      check(all.get(i), n, seed + i);
      CASES.merge(i, 1, Integer::sum);
    }
  }

  private static List<Aggregate<Swipe>> aggregations(SplittableRandom random) {
    List<Aggregate<Swipe>> all = new ArrayList<>(RandomBasics.all(random));
    all.addAll(RandomDistributions.all(random));
    all.addAll(RandomSequences.all(random));
    return all;
  }

  /** An aggregation without which nothing would hold the property together isn't tested. */
  @Example
  void everyAggregationOfTheCatalogueIsAmongThem() {
    Set<Class<?>> tested =
        aggregations(new SplittableRandom(1)).stream()
            .map(a -> a.aggregation().getClass())
            .collect(Collectors.toSet());
    for (AggregationDescription entry : AggregationCatalog.all()) {
      assertTrue(tested.contains(entry.example().getClass()), entry::call);
    }
    assertEquals(AggregationCatalog.all().size(), aggregations(new SplittableRandom(1)).size());
  }

  private static void check(Aggregate<Swipe> aggregate, int events, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FeaturePlan plan = plan(aggregate, random);
    NastyEvents nasty =
        random.nextInt(4) == 0
            ? NastyEvents.inHistory(plan, seed)
            : NastyEvents.onKafka(plan, seed);
    List<SourceRow> rows = nasty.rows(events);
    List<OracleVector> expected = new NaiveOracle(plan).vectors(rows);
    Way way = Way.values()[random.nextInt(Way.values().length)];
    KernelRun run = way.run(plan, rows, random);
    for (OracleVector vector : expected) {
      assertEquals(
          vector.values(),
          run.vectors.get(vector.place()).values(),
          () -> way + ", request " + vector.place() + ", seed " + seed + "\n" + plan.explain());
      for (int i = 0; i < vector.values().size(); i++) {
        compared++;
        present += vector.values().isNull(i) ? 0 : 1;
      }
    }
    if (way.keepsAll()) {
      KernelRun other = new KernelRun(plan, rows);
      other.run(other.inKnowledgeOrder());
      assertEquals(other.bytes(), run.bytes(), () -> way + ", state's bytes, seed " + seed);
    }
  }

  /** A set of two features: the aggregation over random windows, under random modifiers. */
  private static FeaturePlan plan(Aggregate<Swipe> aggregate, SplittableRandom random) {
    while (true) {
      EventSource<Swipe> swipes =
          EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at).id(Swipe::id);
      swipes = random.nextBoolean() ? swipes.availableAt(Swipe::known) : swipes;
      swipes = random.nextBoolean() ? swipes.sequence(Swipe::seq) : swipes;
      swipes = swipes.lateness(Duration.ofHours(random.nextInt(3)));
      FeatureView<Swipe> view =
          FeatureView.named("by_card")
              .over(swipes)
              .by(RandomDefinitions.CARD, Swipe::card)
              .feature("one", modified(aggregate, random))
              .feature("two", modified(aggregate, random));
      try {
        return FeaturePlan.of(FeatureSet.named("property").forEach(swipes).with(view));
      } catch (DefinitionException senseless) {
        // A window that this aggregation refuses: draw another.
        if (senseless.errors().stream().noneMatch(e -> isOfItsWindow(e.problem()))) {
          throw senseless;
        }
      }
    }
  }

  private static boolean isOfItsWindow(String problem) {
    return problem.contains("makes no sense over") || problem.contains("a lifetime has no end");
  }

  private static WindowedAggregate<Swipe> modified(
      Aggregate<Swipe> aggregate, SplittableRandom random) {
    Window window = RandomWindows.next(random);
    Aggregate<Swipe> modified =
        switch (random.nextInt(8)) {
          case 0 -> aggregate.where(field(Swipe::online));
          case 1 -> aggregate.where(field(Swipe::amount).greaterThan(field(Swipe::tip)));
          case 2 -> aggregate.by(Swipe::items, 1, 2);
          case 3 -> aggregate.by(Swipe::note);
          case 4 -> aggregate.by(Swipe::online).where(field(Swipe::items).lessThan(5));
          default -> aggregate;
        };
    WindowedAggregate<Swipe> value = modified.over(window);
    return random.nextInt(3) == 0 ? value.excludingRequest() : value;
  }

  @AfterContainer
  static void report() {
    int total = CASES.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "aggregation properties: %d cases of %d aggregations, at least %d of each; %d values"
            + " compared, %d of them not null; seed 20261122%n",
        total,
        CASES.size(),
        CASES.values().stream().mapToInt(Integer::intValue).min().orElse(0),
        compared,
        present);
  }
}
