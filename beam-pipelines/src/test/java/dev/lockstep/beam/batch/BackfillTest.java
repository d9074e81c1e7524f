package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backfill gives what the definition says (C1 to C4, C7, C9, C10), on every runner alike. */
class BackfillTest {
  @TempDir Path folder;

  private final FeaturePlan plan = FeaturePlan.of(Shop.SET, Shop.LABEL);

  private PipelineOptions runner(String name, int parallelism) {
    return name.equals("direct")
        ? LocalRunners.direct(parallelism)
        : LocalRunners.flink(parallelism, 64, folder.resolve("runner"));
  }

  private BackfillSummary run(
      Map<String, List<Path>> files, String output, String runner, int parallelism, int shards) {
    return Backfill.of(
            Shop.SET,
            Shop.LABEL,
            files,
            folder.resolve(output),
            BackfillOptions.forParallelism(parallelism).shards(shards))
        .run(runner(runner, parallelism));
  }

  private List<LabelledVector> rows(String output) {
    List<LabelledVector> rows = new ArrayList<>();
    TrainingSetReader.open(folder.resolve(output)).forEach(rows::add);
    return rows;
  }

  private static String text(LabelledVector row) {
    return row.vector().requestId()
        + " "
        + row.vector().eventTimeMicros()
        + " "
        + row.vector().availableAtMicros()
        + " "
        + new java.util.TreeMap<>(row.vector().entities())
        + row.vector().values()
        + row.label();
  }

  private static String text(OracleVector v) {
    return v.request().id()
        + " "
        + v.request().eventTimeMicros()
        + " "
        + v.request().availableAtMicros()
        + " "
        + new java.util.TreeMap<>(v.entities())
        + v.values()
        + v.label();
  }

  /** Says what differs, rather than showing thousands of rows. */
  private static void assertSame(List<String> expected, List<String> actual, String where) {
    List<String> missing = new ArrayList<>(expected);
    List<String> extra = new ArrayList<>(actual);
    actual.forEach(missing::remove);
    expected.forEach(extra::remove);
    assertEquals(
        "",
        Stream.concat(
                missing.stream().limit(5).map(r -> "expected " + r),
                extra.stream().limit(5).map(r -> "actual   " + r))
            .sorted(Comparator.comparing(r -> r.substring(9)))
            .collect(Collectors.joining("\n")),
        where + ": " + missing.size() + " rows missing, " + extra.size() + " too many");
  }

  @ParameterizedTest
  @CsvSource({"direct,1,7,1", "direct,2,64,2", "flink,1,32,3", "flink,2,64,4", "flink,2,1,5"})
  void equalsTheDefinition(String runner, int parallelism, int shards, long seed) throws Exception {
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(3000);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> admitted = oracle.admitted(records);
    List<String> expected =
        oracle.vectors(admitted).stream().map(BackfillTest::text).sorted().toList();

    BackfillSummary summary =
        run(
            ShopHistory.write(folder.resolve("history"), plan, records),
            "out",
            runner,
            parallelism,
            shards);

    String where = "seed " + seed;
    assertSame(expected, rows("out").stream().map(BackfillTest::text).sorted().toList(), where);
    assertEquals(expected.size(), summary.rows(), where);
    int duplicates = 0;
    for (boolean duplicate : oracle.duplicates(admitted)) {
      duplicates += duplicate ? 1 : 0;
    }
    assertEquals(duplicates, summary.duplicates(), where);
    long late = admitted.stream().filter(r -> !oracle.isKeyless(r) && oracle.isLate(r)).count();
    assertEquals(late, summary.late(), where);
    long keyless = admitted.stream().filter(oracle::isKeyless).count();
    assertEquals(records.size() - admitted.size() + keyless, summary.deadLetters(), where);
    assertTrue(late > 0 && duplicates > 0 && summary.deadLetters() > 0, where);
  }

  @Test
  void givesTheSameRowsInTheSameOrderOnEveryRunner() throws Exception {
    List<RecordedEvent> records = NastyEvents.inHistory(plan, 11).records(2000);
    Map<String, List<Path>> files = ShopHistory.write(folder.resolve("history"), plan, records);
    run(files, "direct", "direct", 2, 5);
    run(files, "flink", "flink", 2, 64);
    assertEquals(
        rows("direct").stream().map(BackfillTest::text).toList(),
        rows("flink").stream().map(BackfillTest::text).toList());
  }
}
