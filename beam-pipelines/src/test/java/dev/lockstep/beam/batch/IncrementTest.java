package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Yesterday's snapshot and a new day give what all days at once give, to the bit (C12). */
class IncrementTest {
  private static final int PERIODS = 5;

  @TempDir Path folder;

  private boolean onFlink;

  private Map<String, List<Path>> all = new TreeMap<>();
  private List<Map<String, List<Path>>> upTo = List.of();
  private List<Instant> cuts = List.of();

  private void history(FeaturePlan plan, long seed) throws Exception {
    PeriodHistory history = PeriodHistory.write(folder, plan, seed, PERIODS);
    all = history.all();
    upTo = history.upTo();
    cuts = history.cuts();
  }

  private BackfillSummary run(
      FeatureSet<?> set, Map<String, List<Path>> files, String out, BackfillOptions options) {
    return Backfill.of(set, null, files, folder.resolve(out), options)
        .run(
            onFlink ? LocalRunners.flink(2, 64, folder.resolve("runner")) : LocalRunners.direct(2));
  }

  private BackfillSummary period(FeatureSet<?> set, int p) {
    Path before = p == 0 ? null : folder.resolve("period-" + (p - 1));
    return run(
        set,
        upTo.get(p),
        "period-" + p,
        BackfillOptions.all().shards(5).until(cuts.get(p)).keepingState(before).replacing(true));
  }

  private List<String> rows(String out) {
    List<String> rows = new ArrayList<>();
    for (LabelledVector row : TrainingSetReader.open(folder.resolve(out))) {
      rows.add(BackfillTest.text(row));
    }
    return rows;
  }

  private static long counted(BackfillSummary s, String what) {
    return s.manifest().total(what);
  }

  @ParameterizedTest
  @CsvSource({"many,direct,1", "many,flink,2", "one,direct,3", "one,flink,4", "nameless,direct,5"})
  void periodsGiveWhatAllAtOnceGives(String keys, String runner, long seed) throws Exception {
    onFlink = runner.equals("flink");
    FeatureSet<?> set =
        switch (keys) {
          case "many" -> Shop.SET;
          case "one" -> OneKeyBackfillTest.BY_ID;
          default -> OneKeyBackfillTest.BY_PLACE;
        };
    history(FeaturePlan.of(set), seed);
    BackfillSummary whole =
        run(set, all, "whole", BackfillOptions.all().shards(5).until(cuts.get(PERIODS - 1)));
    List<String> expected = rows("whole").stream().sorted().toList();
    List<String> actual = new ArrayList<>();
    Map<String, Long> counts = new HashMap<>();
    for (int p = 0; p < PERIODS; p++) {
      BackfillSummary summary = period(set, p);
      assertTrue(summary.rows() > 0, "period " + p);
      actual.addAll(rows("period-" + p));
      for (String what : List.of("late", "duplicates", "differingDuplicates", "deadLetters")) {
        counts.merge(what, counted(summary, what), Long::sum);
      }
    }
    BackfillTest.assertSame(expected, actual.stream().sorted().toList(), "seed " + seed);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      assertEquals(counted(whole, count.getKey()), count.getValue(), count.getKey());
    }
  }

  @Test
  void aRerunReplacesAPeriodAndGivesTheSame() throws Exception {
    history(FeaturePlan.of(Shop.SET), 7);
    period(Shop.SET, 0);
    period(Shop.SET, 1);
    List<String> first = rows("period-1");
    byte[] carried = Files.readAllBytes(state(1).carried());
    byte[] entities = Files.readAllBytes(state(1).entities(2));
    period(Shop.SET, 1);
    assertEquals(first, rows("period-1"));
    assertEquals(-1, java.util.Arrays.mismatch(carried, Files.readAllBytes(state(1).carried())));
    assertEquals(-1, java.util.Arrays.mismatch(entities, Files.readAllBytes(state(1).entities(2))));
  }

  private SnapshotFolder state(int period) {
    return SnapshotFolder.in(folder.resolve("period-" + period));
  }

  @Test
  void refusesWhatDoneDaysWouldHaveKnown() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SET);
    history(plan, 8);
    period(Shop.SET, 0);
    Shop.Swipe late =
        new Shop.Swipe("overdue", "c", "m", 1.0, null, 1, cuts.get(0).minusSeconds(60));
    Path file = ShopHistory.write(folder.resolve("late.parquet"), Shop.Swipe.class, List.of(late));
    upTo.get(1).merge("swipes", List.of(file), PeriodHistory::both);
    RuntimeException refused = assertThrows(RuntimeException.class, () -> period(Shop.SET, 1));
    String message = messageOf(refused);
    assertTrue(message.contains("row 0 of " + file + " became available at"), message);
    assertTrue(message.contains("cure: backfill again from the day"), message);
    assertFalse(Files.exists(folder.resolve("period-1")));
  }

  private static String messageOf(Throwable failure) {
    Throwable t = failure;
    while (!(t instanceof SnapshotException) && t.getCause() != null) {
      t = t.getCause();
    }
    return String.valueOf(t.getMessage());
  }

  @Test
  void refusesAnotherDefinitionWithWhatDiffers() throws Exception {
    history(FeaturePlan.of(OneKeyBackfillTest.BY_ID), 9);
    period(OneKeyBackfillTest.BY_ID, 0);
    FeatureSet<?> changed = OneKeyBackfillTest.BY_ID.request("cents", Shop.Swipe::cents);
    SnapshotException refused = assertThrows(SnapshotException.class, () -> period(changed, 1));
    assertTrue(refused.getMessage().contains("is of another definition"), refused.getMessage());
    assertTrue(refused.getMessage().contains("definition: feature cents LONG"));
  }

  @Test
  void refusesADamagedSnapshot() throws Exception {
    history(FeaturePlan.of(OneKeyBackfillTest.BY_ID), 10);
    period(OneKeyBackfillTest.BY_ID, 0);
    Path entities = state(0).entities(0);
    byte[] bytes = Files.readAllBytes(entities);
    bytes[bytes.length / 2] ^= 4;
    Files.write(entities, bytes);
    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> period(OneKeyBackfillTest.BY_ID, 1));
    String message = messageOf(refused);
    assertTrue(message.contains(entities + " of the snapshot is damaged"), message);
    assertTrue(message.contains("run the backfill of its day again"), message);
    assertFalse(Files.exists(folder.resolve("period-1")));
  }

  @Test
  void readsNoFileTwice() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SET);
    history(plan, 11);
    period(Shop.SET, 0);
    period(Shop.SET, 1);
    Manifest second = Manifest.read(folder.resolve("period-1"));
    List<String> sources = plan.sources().stream().map(SourcePlan::name).toList();
    assertEquals(2L * sources.size(), second.sourceFiles().size());
    assertTrue(
        second.sourceFiles().stream().allMatch(f -> f.path().contains("history-1")),
        second.sourceFiles().toString());
  }
}
