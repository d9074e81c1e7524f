package dev.lockstep.beam.testing;

import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.value.FeatureVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Compares the paths of a feature set with each other, to the bit, on records that a seed draws to
 * break careless code: the oracle, a batch, and a stream under both emissions.
 *
 * <pre>{@code
 * Parity.check(FRAUD, 42);
 * }</pre>
 *
 * <p>It runs on Beam's direct runner, without any server; {@code beam-runners-direct-java} must be
 * on the class path. What it shows of one's own set is that computed columns, records with code and
 * aggregations of one's own give the same values whatever the path and the order of arrival.
 */
public final class Parity {
  /** How many records are drawn where nothing is said: some seconds of work. */
  public static final int DEFAULT_RECORDS = 300;

  private Parity() {}

  /**
   * What was compared.
   *
   * @param requests how many vectors of each path were compared with the oracle's
   * @param values how many values that were in all
   */
  public record Report(long seed, int requests, long values) {}

  /**
   * Compares the paths on {@link #DEFAULT_RECORDS} records.
   *
   * @throws DefinitionException with all mistakes of the set
   * @throws AssertionError with seed, path, and the vectors that differ
   */
  public static Report check(FeatureSet<?> set, long seed) {
    return check(set, seed, DEFAULT_RECORDS);
  }

  /**
   * Compares the paths.
   *
   * @param records how many records are drawn, at least 1; the oracle's time grows with the square
   * @throws DefinitionException with all mistakes of the set
   * @throws AssertionError with seed, path, and the vectors that differ
   */
  public static Report check(FeatureSet<?> set, long seed, int records) {
    if (records < 1) {
      throw new IllegalArgumentException("records is " + records + "; give 1 or more");
    }
    FeatureSet<?> ordered = set.emittingInstead(Emission.ordered());
    FeaturePlan plan = FeaturePlan.of(ordered);
    NaiveOracle oracle = new NaiveOracle(plan);

    List<RecordedEvent> history = new ArrayList<>();
    for (RecordedEvent event : NastyEvents.inHistory(plan, seed).records(records)) {
      history.add(event.at(RecordedEvent.NO_RECORD_TIMESTAMP, 0)); // a collection has no places
    }
    List<OracleVector> expected = oracle.vectors(oracle.admitted(history));
    Vectors.compare("batch, seed " + seed, plan, expected, Runs.batch(set, plan, history));
    long vectors = expected.size();

    List<SourceRow> rows = usable(oracle, NastyEvents.onKafka(plan, seed).rows(records));
    List<OracleVector> streamed = oracle.vectors(rows);
    Vectors.compare(
        "stream, ordered, seed " + seed,
        plan,
        streamed,
        Runs.stream(ordered, Arrivals.inAnyOrder(plan, rows, new Random(seed))));
    vectors += streamed.size();

    FeatureSet<?> onArrival = set.emittingInstead(Emission.onArrival());
    Collections.shuffle(rows, new Random(seed));
    List<OracleVector> processed = oracle.vectorsInProcessingOrder(rows);
    List<FeatureVector> arrived = Runs.stream(onArrival, Arrivals.oneByOne(plan, rows));
    Vectors.compare("stream, on arrival, seed " + seed, plan, processed, arrived);
    vectors += processed.size();
    return new Report(seed, Math.toIntExact(vectors), vectors * plan.features().size());
  }

  /** What reaches a stream's states: late and keyless rows are rejected before. */
  private static List<SourceRow> usable(NaiveOracle oracle, List<SourceRow> rows) {
    List<SourceRow> usable = new ArrayList<>(rows);
    usable.removeIf(row -> oracle.isLate(row) || oracle.isKeyless(row));
    return usable;
  }
}
