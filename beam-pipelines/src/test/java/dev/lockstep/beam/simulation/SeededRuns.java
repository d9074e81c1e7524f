package dev.lockstep.beam.simulation;

import dev.lockstep.testing.NastyEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schedules by their seeds; those that share a definition or its records are near each other. */
final class SeededRuns {
  private static final int OF_A_SET = 80;
  private static final int OF_A_CASE = 8;
  private static final int MOST_CRASHES = 4;
  private static final int SECOND_PHASE = 6;

  private @Nullable SimulatedSet set;
  private @Nullable SimulatedCase records;
  private long setSeed = -1;
  private long caseSeed = -1;
  private long done;
  private long nanos;
  private final Sabotage sabotage;

  SeededRuns(Sabotage sabotage) {
    this.sabotage = sabotage;
  }

  private Verdict run(long seed, Schedule schedule) {
    long started = System.nanoTime();
    SimulatedSet of = set;
    if (of == null || seed / OF_A_SET != setSeed) {
      setSeed = seed / OF_A_SET;
      caseSeed = -1;
      of = SimulatedSet.of(setSeed);
      set = of;
    }
    SimulatedCase sent = records;
    if (sent == null || seed / OF_A_CASE != caseSeed) {
      caseSeed = seed / OF_A_CASE;
      int first = 10 + (int) (caseSeed % 5) * 10;
      sent =
          new SimulatedCase(
              of,
              caseSeed,
              NastyEvents.onKafka(of.plan(), caseSeed).records(first + SECOND_PHASE),
              first);
      records = sent;
    }
    Verdict verdict =
        new Simulation(sent, of, schedule, schedule.pick(MOST_CRASHES + 1), sabotage).run();
    done++;
    nanos += System.nanoTime() - started;
    return verdict;
  }

  /** What fails under a seed, for people; empty for nothing. */
  String failure(long seed) {
    Schedule schedule = new Schedule(seed, false);
    List<String> differences;
    try {
      differences = run(seed, schedule).differences();
    } catch (RuntimeException e) {
      throw new AssertionError(rerun(seed), e);
    }
    return differences.isEmpty() ? "" : rerun(seed) + "\n" + String.join("\n", differences);
  }

  /** Whether a schedule's vectors differ from the definition's. */
  boolean isNoticed(long seed) {
    return run(seed, new Schedule(seed, false)).differences().stream()
        .anyMatch(difference -> difference.contains("vector") || difference.contains("should be"));
  }

  private static String rerun(long seed) {
    return "./mvnw -pl beam-pipelines -am test -Dtest=SimulationTest"
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed="
        + seed;
  }

  /** Runs one seed and prints its steps. */
  List<String> told(long seed) {
    Schedule schedule = new Schedule(seed, true);
    try {
      return run(seed, schedule).differences();
    } finally {
      schedule.steps().forEach(System.out::println);
    }
  }

  String summary() {
    return done + " schedules, " + nanos / Math.max(1, done) / 1_000 + " us each";
  }
}
