package dev.lockstep.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.testing.Effort;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RandomDefinitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** L1 to L5: labels of every kind over nasty events, against their definition. */
class LabelsAgainstOracleTest {
  private static final long FIRST_SEED = 20_261_125;
  private static final int DEFINITIONS = Effort.times(60);
  private static final int EVENTS = 150;

  private static List<SourceRow> rows(FeaturePlan plan, long seed) {
    return seed % 3 == 0
        ? NastyEvents.inHistory(plan, seed).rows(EVENTS)
        : NastyEvents.onKafka(plan, seed).rows(EVENTS);
  }

  @Test
  void inAnyOrder() {
    Set<Class<?>> kinds = new HashSet<>();
    int present = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DEFINITIONS; seed++) {
      FeaturePlan plan = RandomDefinitions.labelled(seed);
      kinds.add(plan.label().orElseThrow().getClass());
      List<SourceRow> rows = rows(plan, seed);
      KernelRun run = new KernelRun(plan, rows);
      run.run(run.inRandomOrder(new SplittableRandom(seed)));
      for (OracleVector expected : new NaiveOracle(plan).vectors(rows)) {
        assertEquals(
            expected.label(), run.labels.get(expected.place()), "seed " + seed + ", " + expected);
        present += expected.label() == null ? 0 : 1;
      }
    }
    System.out.println(present + " labels not null, seeds from " + FIRST_SEED);
    assertEquals(3, kinds.size());
    assertTrue(present > 1_000, "too few labels to show anything");
  }

  /** L5: what becomes known from a horizon on changes no label of a request mature by then. */
  @Test
  void aMatureLabelIsFinal() {
    int mature = 0;
    int changed = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DEFINITIONS; seed++) {
      FeaturePlan plan = RandomDefinitions.labelled(seed);
      LabelPlan label = plan.label().orElseThrow();
      if (label.maturityMicros().isEmpty()) {
        continue;
      }
      List<SourceRow> rows = rows(plan, seed);
      NaiveOracle oracle = new NaiveOracle(plan);
      List<OracleVector> whole = oracle.vectors(rows);
      for (long horizon : horizons(rows, label, new SplittableRandom(seed))) {
        Map<SourceRow, Object> early = new HashMap<>();
        List<SourceRow> known = new ArrayList<>(rows);
        known.removeIf(row -> row.availableAtMicros() >= horizon);
        oracle.vectors(known).forEach(v -> early.put(v.request(), v.label()));
        for (OracleVector vector : whole) {
          SourceRow request = vector.request();
          String where = "seed " + seed + ", horizon " + horizon + ", " + vector;
          boolean isMature = label.isMature(request.eventTimeMicros(), horizon);
          assertEquals(oracle.isMature(request, horizon), isMature, where);
          if (isMature && early.containsKey(request)) {
            mature++;
            assertEquals(vector.label(), early.get(request), where);
          } else if (early.containsKey(request)) {
            changed += java.util.Objects.equals(vector.label(), early.get(request)) ? 0 : 1;
          }
        }
      }
    }
    System.out.println(mature + " mature, " + changed + " immature ones changed later");
    assertTrue(mature > 1_000 && changed > 50, mature + " mature, " + changed + " changed");
  }

  /** At, and just beside, the instants at which something happens or a request matures. */
  private static List<Long> horizons(
      List<SourceRow> rows, LabelPlan label, SplittableRandom random) {
    List<Long> horizons = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      SourceRow row = rows.get(random.nextInt(rows.size()));
      horizons.add(row.availableAtMicros() + random.nextInt(2));
      horizons.add(
          row.eventTimeMicros() + label.maturityMicros().orElseThrow() + random.nextInt(3) - 1);
    }
    return horizons;
  }
}
