package dev.lockstep.cli.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.stream.TableSpace;
import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.define.Window;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.project.History;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.serving.redis.RedisStore;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StoreKey;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole loads of a table into a real Redis: what is read there is what its history says (C10). */
class TableLoaderTest {
  private static final Instant NOON = Instant.parse("2001-02-03T12:00:00Z");

  record Ask(String id, String card, Instant at) {}

  record Limit(String card, Instant from, double limit, int level) {}

  /** As a file has it: the limit may be null, and no int may hold the level. */
  record Written(@Nullable String card, Instant from, @Nullable Double limit, long level) {}

  private static final Entity<String> CARD = Entity.string("card");
  private static final EventSource<Ask> ASKS =
      EventSource.of(Ask.class).named("asks").id(Ask::id).eventTime(Ask::at);
  private static final Table<Limit> LIMITS =
      Table.of(Limit.class).named("limits").by(CARD, Limit::card).effectiveFrom(Limit::from);

  private static FeaturePlan reading(String field) {
    return FeaturePlan.of(
        FeatureSet.named("reads_" + field)
            .forEach(ASKS)
            .with(
                FeatureView.named("asks_" + field)
                    .over(ASKS)
                    .by(CARD, Ask::card)
                    .feature(
                        "n_" + field, Aggregations.count().over(Window.last(Durations.hours(1)))))
            .lookup(LIMITS, field));
  }

  @TempDir Path folder;

  private final LocalRedis redis = LocalRedis.start();
  private final FeaturePlan limits = reading("limit");
  private final FeaturePlan levels = reading("level");
  private final LeftOut leftOut = new LeftOut();

  @AfterEach
  void stop() {
    redis.close();
  }

  private static Written row(String card, double limit, long level) {
    return new Written(card, NOON, limit, level);
  }

  private void file(String name, Written... rows) throws IOException {
    Path file = folder.resolve("history").resolve(name);
    Files.createDirectories(file.getParent());
    try (RecordParquetWriter<Written> writer = RecordParquetWriter.open(Written.class, file)) {
      for (Written row : rows) {
        writer.write(row);
      }
    }
  }

  private TableLoad load(FeaturePlan plan, boolean replace) throws IOException {
    History history =
        new History(Map.of("limits", List.of(folder.resolve("history"))), NOON, NOON, NOON);
    return new TableLoader(plan, history, new RedisStore(redis.uri()), leftOut)
        .load(replace)
        .get(0);
  }

  private @Nullable Object answer(FeaturePlan plan, String card) {
    LookupPlan lookup = plan.lookups().get(0);
    byte[] cell;
    try (OnlineReader reader = new RedisStore(redis.uri()).openReader()) {
      cell =
          reader
              .read(List.of(new StoreKey(TableSpace.of("limits"), card)))
              .toCompletableFuture()
              .join()
              .get(0);
    }
    Values out = new Values(lookup.resultTypes());
    long later = Micros.of(NOON.plusSeconds(60));
    new TableVersionsCodec(plan.sources().get(lookup.source()))
        .answer(lookup, cell, new BranchRow(false, true, later, later, 0, null, null, 0), out);
    return out.get(0);
  }

  @Test
  void aCorrectedVersionReachesTheStore() throws IOException {
    file("a.parquet", row("x", 100, 1));
    assertEquals(1, load(limits, false).load());
    assertEquals(100.0, answer(limits, "x"));
    file("a.parquet", row("x", 70, 1));
    TableLoad second = load(limits, false);
    assertEquals(2, second.load());
    assertEquals(1, second.written().taken());
    assertEquals(70.0, answer(limits, "x"));
  }

  @Test
  void ofEqualVersionsTheOneOfTheLastFileAndRowCounts() throws IOException {
    file("date=2/a.parquet", row("x", 5, 1), row("x", 3, 1));
    file("date=1/z.parquet", row("x", 9, 1));
    load(limits, false);
    assertEquals(3.0, answer(limits, "x"));
  }

  @Test
  void keysThatTheHistoryHasNoMoreAreNamedAndRemovedIfAsked() throws IOException {
    file("a.parquet", row("x", 1, 1), row("gone", 2, 1));
    load(limits, false);
    file("a.parquet", row("x", 1, 1));
    TableLoad named = load(limits, false);
    assertEquals(new TableLoad.Gone(1, 0, List.of("gone")), named.gone());
    assertTrue(String.join("\n", named.lines()).contains("[gone]; --replace removes them"));
    assertEquals(2.0, answer(limits, "gone"));
    assertEquals(1, load(limits, true).gone().removed());
    assertEquals(null, answer(limits, "gone"));
    assertEquals(1.0, answer(limits, "x"));
    assertEquals(0, load(limits, false).gone().keys());
  }

  @Test
  void rowsThatCannotBeUsedAreCountedAndTheCountIsWhatWasWritten() throws IOException {
    file(
        "a.parquet",
        row("x", 1, 1),
        new Written(null, NOON, 1.0, 1),
        new Written("y", NOON, null, 1));
    TableLoad load = load(limits, false);
    assertEquals(2, leftOut.count(), leftOut.lines().toString());
    String lines = leftOut.lines().toString();
    assertTrue(lines.contains("a.parquet:2: [limit] is null or missing"), lines);
    assertEquals(new TableLoad.Written(2, 2), load.written(), "y is there for who reads its level");
  }

  /** C17: what nothing reads never matters; who reads it doesn't see the version at all. */
  @Test
  void aFieldThatCannotBeReadMattersToThoseWhoReadIt() throws IOException {
    file("a.parquet", row("x", 1, 1), row("x", 2, 3_000_000_000L), row("only", 4, 1L << 40));
    load(limits, false);
    assertEquals(0, leftOut.count());
    assertEquals(2.0, answer(limits, "x"));
    assertEquals(1L, answer(levels, "x"), "the last one whose level can be read");
    assertEquals(4.0, answer(limits, "only"));
    assertEquals(null, answer(levels, "only"));
    load(levels, false);
    assertEquals(2, leftOut.count(), "for this set they are no versions");
    assertEquals(2.0, answer(limits, "x"));
  }
}
