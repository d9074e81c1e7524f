package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sets whose branches are all asked by one key, which the shards write themselves; and shards that
 * don't fit into memory.
 */
class OneKeyBackfillTest {
  /** Swipes without an id: nothing is taken out, and rows are called by file and row. */
  private static final EventSource<Shop.Swipe> ANONYMOUS =
      EventSource.of(Shop.Swipe.class).named("anonymous").eventTime(Shop.Swipe::at);

  static final FeatureSet<Shop.Swipe> BY_PLACE =
      FeatureSet.named("by_place")
          .forEach(ANONYMOUS)
          .request("amount", Shop.Swipe::amount)
          .with(Shop.cardActivity("anonymous_activity", ANONYMOUS));

  static final FeatureSet<Shop.Swipe> BY_ID =
      FeatureSet.named("by_id")
          .forEach(Shop.SWIPES)
          .request("amount", Shop.Swipe::amount)
          .with(Shop.CARD_ACTIVITY)
          .lookup(Shop.ACCOUNTS, "grade");

  @TempDir Path folder;

  private List<LabelledVector> backfill(
      FeatureSet<?> set, Map<String, List<Path>> files, String output, int shards, long bytes) {
    Backfill.of(
            set,
            null,
            files,
            folder.resolve(output),
            BackfillOptions.all().shards(shards).shardBytes(bytes))
        .run(LocalRunners.direct(2));
    List<LabelledVector> rows = new ArrayList<>();
    TrainingSetReader.open(folder.resolve(output)).forEach(rows::add);
    return rows;
  }

  private static String withoutId(String row) {
    return row.substring(row.indexOf(' '));
  }

  @ParameterizedTest
  @CsvSource({"1,7,100000000", "2,7,3000", "3,1,20000", "4,64,1"})
  void equalsTheDefinition(long seed, int shards, long bytes) throws Exception {
    FeaturePlan plan = FeaturePlan.of(BY_ID);
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(1500);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<String> expected =
        oracle.vectors(oracle.admitted(records)).stream().map(BackfillTest::text).sorted().toList();
    List<String> actual =
        backfill(
                BY_ID,
                ShopHistory.write(folder.resolve("history"), plan, records),
                "out",
                shards,
                bytes)
            .stream()
            .map(BackfillTest::text)
            .sorted()
            .toList();
    BackfillTest.assertSame(expected, actual, "seed " + seed);
  }

  @ParameterizedTest
  @CsvSource({"11,5,100000000", "12,3,2000"})
  void callsRowsWithoutAnIdByTheirFile(long seed, int shards, long bytes) throws Exception {
    FeaturePlan plan = FeaturePlan.of(BY_PLACE);
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(1200);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<String> expected =
        oracle.vectors(oracle.admitted(records)).stream()
            .map(BackfillTest::text)
            .map(OneKeyBackfillTest::withoutId)
            .sorted()
            .toList();
    Map<String, List<Path>> files = ShopHistory.write(folder.resolve("history"), plan, records);
    List<LabelledVector> rows = backfill(BY_PLACE, files, "out", shards, bytes);
    List<String> actual =
        rows.stream().map(BackfillTest::text).map(OneKeyBackfillTest::withoutId).sorted().toList();
    BackfillTest.assertSame(expected, actual, "seed " + seed);
    List<String> ids = rows.stream().map(r -> r.vector().requestId()).toList();
    assertEquals(ids.size(), new HashSet<>(ids).size());
    assertTrue(ids.stream().allMatch(id -> id.matches("[0-9a-f]{8}#\\d+")), ids.get(0));
  }

  @Test
  void writesTheSameBytesWhetherOrNotAShardFitsIntoMemory() throws Exception {
    FeaturePlan plan = FeaturePlan.of(BY_ID);
    List<RecordedEvent> records = NastyEvents.inHistory(plan, 5).records(1500);
    Map<String, List<Path>> files = ShopHistory.write(folder.resolve("history"), plan, records);
    backfill(BY_ID, files, "memory", 3, 100_000_000);
    backfill(BY_ID, files, "disk", 3, 2_000);
    for (int shard = 0; shard < 3; shard++) {
      String part = "part-0000" + shard + ".parquet";
      assertEquals(
          -1, Files.mismatch(folder.resolve("memory/" + part), folder.resolve("disk/" + part)));
    }
  }

  @Test
  void answersRequestsWithoutAKey() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SENDERS);
    List<RecordedEvent> records = NastyEvents.inHistory(plan, 6).records(1000);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<String> expected =
        oracle.vectors(oracle.admitted(records)).stream().map(BackfillTest::text).sorted().toList();
    List<LabelledVector> rows =
        backfill(
            Shop.SENDERS,
            ShopHistory.write(folder.resolve("history"), plan, records),
            "out",
            4,
            100_000);
    assertTrue(rows.stream().anyMatch(r -> r.vector().entities().isEmpty()));
    BackfillTest.assertSame(
        expected, rows.stream().map(BackfillTest::text).sorted().toList(), "seed 6");
  }
}
