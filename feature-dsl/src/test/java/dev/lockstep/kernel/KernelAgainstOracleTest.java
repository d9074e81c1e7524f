package dev.lockstep.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.intake.RowIntake;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.Effort;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The kernel over random definitions and nasty events, against the definition, to the bit. */
class KernelAgainstOracleTest {
  private static final int DEFINITIONS = Effort.times(25);
  private static final long FIRST_SEED = 20_261_122;
  private static final Map<Long, Case> CASES = new HashMap<>();
  private static final int EVENTS = 160;

  private record Case(
      long seed, FeaturePlan plan, List<SourceRow> rows, List<OracleVector> expected) {
    static Case of(long seed) {
      FeaturePlan plan = RandomDefinitions.plan(seed);
      NastyEvents events =
          seed % 3 == 0 ? NastyEvents.inHistory(plan, seed) : NastyEvents.onKafka(plan, seed);
      List<SourceRow> rows = admitted(plan, events.records(EVENTS), seed);
      return new Case(seed, plan, rows, new NaiveOracle(plan).vectors(rows));
    }
  }

  private interface Path {
    KernelRun run(Case c, SplittableRandom random);
  }

  /** C1, C4, C13: the kernel's admission and the oracle's agree on every record. */
  private static List<SourceRow> admitted(
      FeaturePlan plan, List<RecordedEvent> records, long seed) {
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> rows = new ArrayList<>();
    List<RowIntake> intakes = plan.sources().stream().map(s -> RowIntake.of(plan, s)).toList();
    for (RecordedEvent record : records) {
      Optional<SourceRow> expected = oracle.admitted(record);
      Optional<SourceRow> actual;
      RowIntake intake = intakes.get(record.source());
      try {
        SourceRow row =
            intake.admit(record.value(), record.recordTimestampMicros(), record.position(), 0);
        assertEquals(
            oracle.isLate(row), intake.lateness(row) != null, () -> "lateness, seed " + seed);
        actual = Optional.of(row);
      } catch (DataException e) {
        actual = Optional.empty();
      }
      assertEquals(expected, actual, () -> "admission of " + record + ", seed " + seed);
      actual.ifPresent(rows::add);
    }
    return rows;
  }

  private static void check(String path, Path run) {
    long start = FIRST_SEED;
    int compared = 0;
    int present = 0;
    for (long seed = start; seed < start + DEFINITIONS; seed++) {
      Case c = CASES.computeIfAbsent(seed, Case::of);
      KernelRun actual = run.run(c, new SplittableRandom(seed));
      List<OracleVector> expected = c.expected;
      String where = path + ", seed " + seed;
      assertEquals(
          expected.stream().map(OracleVector::place).toList(),
          List.copyOf(actual.vectors.keySet()),
          where);
      for (OracleVector vector : expected) {
        Values values = actual.vectors.get(vector.place()).values();
        for (int i = 0; i < values.size(); i++) {
          int feature = i;
          assertEquals(
              vector.values().get(i),
              values.get(i),
              () -> where + ", request " + vector + ": " + c.plan.features().get(feature));
          compared++;
          present += values.isNull(i) ? 0 : 1;
        }
        assertEquals(vector.values(), values, where);
        assertEquals(vector.entities(), actual.vectors.get(vector.place()).entities(), where);
        assertEquals(vector.label(), actual.labels.get(vector.place()), where);
      }
    }
    System.out.printf(
        "%s: %d values compared, %d of them not null, seeds %d to %d%n",
        path, compared, present, start, start + DEFINITIONS - 1);
    assertTrue(present > compared / 4, "the events are too thin to show anything");
  }

  /** C2, C3: in knowledge order, as a batch feeds it. */
  @Test
  void knowledgeOrder() {
    check(
        "knowledge order",
        (c, random) -> {
          KernelRun run = new KernelRun(c.plan, c.rows);
          return run.run(run.inKnowledgeOrder());
        });
  }

  /** C4: pruning what no answerable request can read changes no value. */
  @Test
  void pruned() {
    check("pruned", (c, random) -> new KernelRun(c.plan, c.rows).runPruning());
  }

  /** C2: a value never depends on processing order. */
  @Test
  void randomOrders() {
    check(
        "random order",
        (c, random) -> {
          KernelRun run = new KernelRun(c.plan, c.rows);
          return run.run(run.inRandomOrder(random));
        });
  }

  /** C11: a state is its bytes. */
  @Test
  void stored() {
    check(
        "stored",
        (c, random) -> {
          KernelRun run = new KernelRun(c.plan, c.rows);
          return run.runStoring(run.inRandomOrder(random), random);
        });
  }

  /** C11: a state is its header and blocks. */
  @Test
  void storedInBlocks() {
    check(
        "stored in blocks",
        (c, random) -> {
          KernelRun run = new KernelRun(c.plan, c.rows);
          return run.runInBlocks(run.inRandomOrder(random), random, false);
        });
    check(
        "stored in blocks and pruned",
        (c, random) -> {
          KernelRun run = new KernelRun(c.plan, c.rows);
          return run.runInBlocks(run.inKnowledgeOrder(), random, true);
        });
  }

  /** C9: events taken out for an earlier copy leave no trace. */
  @Test
  void retracted() {
    check(
        "retracted",
        (c, random) -> {
          KernelRun run = new KernelRun(c.plan, c.rows);
          return run.runRetracting(run.inRandomOrder(random), random);
        });
  }
}
