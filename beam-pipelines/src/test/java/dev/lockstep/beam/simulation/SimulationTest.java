package dev.lockstep.beam.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stream's real steps under crashes, restarts, other parallelisms and orders of chance, against
 * the oracle: C2 to C5, C9 to C11, C13.
 *
 * <p>{@code -Dsimulation.schedules=100000} is the long run, {@code -Dsimulation.seed=N} runs one
 * schedule and prints its steps.
 */
class SimulationTest {
  private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 2_000);
  private static final long FIRST_SEED = Long.getLong("simulation.first", 1);

  /** Within so many schedules a fault must show. */
  private static final int ENOUGH = 400;

  private static final Map<String, Sabotage> FAULTS =
      Map.of(
          "timers are lost at a restart", Sabotage.TIMERS_LOST,
          "copies are lost at a restart", Sabotage.COPIES_LOST,
          "a source runs ahead", Sabotage.HASTY);

  @Test
  void everyScheduleKeepsTheContract() {
    SeededRuns runs = new SeededRuns(Sabotage.NONE);
    Long seed = Long.getLong("simulation.seed");
    if (seed != null) {
      assertEquals(List.of(), runs.told(seed));
      return;
    }
    List<String> failures = new ArrayList<>();
    for (long next = FIRST_SEED; next < FIRST_SEED + SCHEDULES; next++) {
      String failure = runs.failure(next);
      if (!failure.isEmpty() && failures.size() < 10) {
        failures.add(failure);
      }
    }
    System.out.println(runs.summary());
    assertTrue(failures.isEmpty(), () -> String.join("\n\n", failures));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timers are lost at a restart",
        "copies are lost at a restart",
        "a source runs ahead"
      })
  void aFaultIsNoticed(String fault) {
    SeededRuns runs = new SeededRuns(FAULTS.get(fault));
    for (long seed = 1; seed <= ENOUGH; seed++) {
      if (runs.isNoticed(seed)) {
        return;
      }
    }
    throw new AssertionError("nothing differs in " + ENOUGH + " schedules although " + fault);
  }
}
