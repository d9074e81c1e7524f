package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.read.HistoryFileException;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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
            BackfillOptions.all().shards(shards))
        .run(runner(runner, parallelism));
  }

  private List<LabelledVector> rows(String output) {
    List<LabelledVector> rows = new ArrayList<>();
    TrainingSetReader.open(folder.resolve(output)).forEach(rows::add);
    return rows;
  }

  static String text(LabelledVector row) {
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

  static String text(OracleVector v) {
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
  static void assertSame(List<String> expected, List<String> actual, String where) {
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
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(1_500);
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

  @Test
  void publishesAnEmptyHistory() throws Exception {
    run(ShopHistory.write(folder.resolve("history"), plan, List.of()), "out", "flink", 1, 4);
    TrainingSetReader empty = TrainingSetReader.open(folder.resolve("out"));
    assertEquals(0, empty.manifest().rows());
    assertFalse(empty.iterator().hasNext());
    assertEquals(plan.fingerprint(), empty.manifest().fingerprint());
  }

  @Test
  void publishesWithoutAnyFile() {
    BackfillSummary summary =
        run(
            Map.of("swipes", List.of(), "settlements", List.of(), "accounts", List.of()),
            "out",
            "direct",
            1,
            4);
    assertEquals(0, summary.rows());
  }

  @Test
  void computesOneRow() throws Exception {
    Shop.Swipe swipe = new Shop.Swipe("s", null, "m", 2.5, null, 3, Instant.EPOCH);
    run(one(swipe), "out", "direct", 1, 4);
    LabelledVector row = rows("out").get(0);
    assertEquals("s", row.vector().requestId());
    assertEquals(Map.of("merchant", "m", "payee", "m"), row.vector().entities());
    assertEquals(
        "[2.5, 0, null, null, null, 0, null, null, 0, null, 0, 0, null, null, null, null, null,"
            + " null, null, null, null, 0, null, 0, null, null]",
        row.vector().values().toString());
    assertNull(row.label());
    assertEquals(
        List.of("swipes"),
        TrainingSetReader.open(folder.resolve("out")).manifest().assumedOnTime());
  }

  private Map<String, List<Path>> one(Shop.Swipe swipe) throws Exception {
    return ShopHistory.write(
        folder.resolve("history"),
        plan,
        List.of(new RecordedEvent(0, swipe, RecordedEvent.NO_RECORD_TIMESTAMP, 0)));
  }

  @Test
  void leavesOutWhatWasNotYetKnown() throws Exception {
    List<RecordedEvent> records = NastyEvents.inHistory(plan, 21).records(1000);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> all = oracle.admitted(records);
    long until = all.get(500).availableAtMicros();
    List<String> expected =
        oracle.vectors(all.stream().filter(r -> r.availableAtMicros() < until).toList()).stream()
            .map(BackfillTest::text)
            .sorted()
            .toList();
    Backfill.of(
            Shop.SET,
            Shop.LABEL,
            ShopHistory.write(folder.resolve("history"), plan, records),
            folder.resolve("out"),
            BackfillOptions.all().until(Micros.toInstant(until)))
        .run(LocalRunners.direct(2));
    assertSame(expected, rows("out").stream().map(BackfillTest::text).sorted().toList(), "seed 21");
  }

  @Test
  void refusesAFolderThatIsThereAlready() throws Exception {
    Map<String, List<Path>> files =
        one(new Shop.Swipe("s", "c", "m", 1.0, BigDecimal.ONE, 1, Instant.EPOCH));
    run(files, "out", "direct", 1, 4);
    var refused = assertThrows(TrainingSetException.class, () -> run(files, "out", "direct", 1, 4));
    assertTrue(refused.getMessage().contains("is there already; give another name"));
    BackfillOptions replacing = BackfillOptions.all().replacing(true);
    Backfill.of(Shop.SET, null, files, folder.resolve("out"), replacing)
        .run(LocalRunners.direct(1));
    assertNull(TrainingSetReader.open(folder.resolve("out")).manifest().schema().label());
    try (var left = Files.list(folder)) {
      assertEquals(
          List.of("history", "out"), left.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void refusesToReplaceAFolderThatIsNoTrainingSet() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/thesis.txt"), "years of work");
    BackfillOptions replacing = BackfillOptions.all().replacing(true);
    Map<String, List<Path>> files =
        one(new Shop.Swipe("s", "c", "m", 1.0, BigDecimal.ONE, 1, Instant.EPOCH));
    Backfill backfill = Backfill.of(Shop.SET, null, files, folder.resolve("out"), replacing);
    var refused =
        assertThrows(TrainingSetException.class, () -> backfill.run(LocalRunners.direct(1)));
    assertTrue(refused.getMessage().contains("is no training set"), refused.getMessage());
    assertTrue(Files.exists(folder.resolve("out/thesis.txt")));
  }

  @Test
  void refusesAFolderThatCannotBeWritten() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    Map<String, List<Path>> files =
        one(new Shop.Swipe("s", "c", "m", 1.0, BigDecimal.ONE, 1, Instant.EPOCH));
    var refused =
        assertThrows(TrainingSetException.class, () -> run(files, "file/out", "direct", 1, 4));
    assertTrue(refused.getMessage().contains("give a folder that you may write to"));
  }

  record Narrow(String id, boolean card, double amount, boolean at) {}

  @Test
  void namesEveryColumnThatDoesNotFit() throws Exception {
    Map<String, List<Path>> files =
        new HashMap<>(one(new Shop.Swipe("s", "c", "m", 1.0, BigDecimal.ONE, 1, Instant.EPOCH)));
    Path narrow = folder.resolve("narrow.parquet");
    ShopHistory.write(narrow, Narrow.class, List.of(new Narrow("s", true, 1, true)));
    files.put("swipes", List.of(narrow));
    var refused = assertThrows(HistoryFileException.class, () -> run(files, "out", "direct", 1, 4));
    String message = refused.getMessage();
    assertTrue(message.contains(narrow + " doesn't fit source swipes"), message);
    assertTrue(
        message.contains("column [card BOOLEAN] can't be read as STRING, expected"), message);
    assertTrue(message.contains("column [at BOOLEAN] can't be read as INSTANT"), message);
    assertTrue(message.contains("[id BINARY (string), card BOOLEAN, amount"), message);
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void namesAFileThatIsNoParquet() throws Exception {
    Map<String, List<Path>> files =
        new HashMap<>(one(new Shop.Swipe("s", "c", "m", 1.0, BigDecimal.ONE, 1, Instant.EPOCH)));
    Path broken = folder.resolve("broken.parquet");
    Files.writeString(broken, "this is not Parquet, however long it goes on");
    files.put("swipes", List.of(broken));
    var refused = assertThrows(HistoryFileException.class, () -> run(files, "out", "direct", 1, 4));
    assertTrue(refused.getMessage().contains(broken + " can't be read as Parquet"));
  }

  @Test
  void failsOnDamagedPagesAndLeavesNothingBehind() throws Exception {
    List<RecordedEvent> records = NastyEvents.inHistory(plan, 31).records(500);
    Map<String, List<Path>> files = ShopHistory.write(folder.resolve("history"), plan, records);
    Path damaged = files.get("swipes").get(0);
    byte[] bytes = Files.readAllBytes(damaged);
    Arrays.fill(bytes, 4, bytes.length / 3, (byte) 0x5A); // pages; the footer stays whole
    Files.write(damaged, bytes);
    var failed = assertThrows(RuntimeException.class, () -> run(files, "out", "direct", 1, 4));
    assertTrue(
        String.valueOf(failed).contains(damaged + " can't be read as Parquet"),
        String.valueOf(failed));
    try (var left = Files.list(folder)) {
      assertEquals(List.of("history"), left.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void namesAHistoryThatIsNotGiven() {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> run(Map.of("swipes", List.of()), "out", "direct", 1, 4));
    assertTrue(refused.getMessage().contains("no history is given of [settlements, accounts]"));
  }
}
