package dev.lockstep.cli.run;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.LocalRunners;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.stream.SnapshotLoad;
import dev.lockstep.beam.stream.TableSpace;
import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.examples.fraud.Swipe;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.serving.redis.RedisStore;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateMark;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot in a real Redis: read there, it answers as batch does (C11, C12). */
class SnapshotLoadTest {
  private static final long SEED = 20261125;
  private static final FeatureSet<Swipe> SET = FraudFeatures.FRAUD;

  /** A set that reads less of the accounts, beside the other in one Redis. */
  private static final FeatureSet<Swipe> AGES =
      FeatureSet.named("ages")
          .forEach(FraudFeatures.SWIPES)
          .with(
              FeatureView.named("ages_activity")
                  .over(FraudFeatures.SWIPES)
                  .by(FraudFeatures.CARD, Swipe::card)
                  .feature("ages_swipes", count().over(last(hours(1)))))
          .lookup(FraudFeatures.ACCOUNTS, "ageYears");

  @TempDir Path folder;

  private final FeaturePlan plan = FeaturePlan.of(SET);
  private final NaiveOracle oracle = new NaiveOracle(plan);
  private LocalRedis redis = LocalRedis.start();
  private List<RecordedEvent> records = List.of();
  private Instant firstCut = Instant.MIN;
  private Instant secondCut = Instant.MIN;

  @BeforeEach
  void twoDays() throws Exception {
    records = NastyEvents.inHistory(plan, SEED).records(900);
    long[] available =
        oracle.admitted(records).stream()
            .mapToLong(SourceRow::availableAtMicros)
            .sorted()
            .toArray();
    firstCut = Micros.toInstant(available[available.length / 2]);
    secondCut = Micros.toInstant(available[available.length * 3 / 4]);
    Map<String, List<Path>> files = history("", records);
    day(SET, "first", files, firstCut);
    day(SET, "second", files, secondCut);
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  private Map<String, List<Path>> history(String name, List<RecordedEvent> of) throws Exception {
    Map<String, List<Path>> files = new TreeMap<>();
    for (SourcePlan source : plan.sources()) {
      Path file = folder.resolve(name + source.name() + ".parquet");
      write(source, source.schema().recordType(), file, of);
      files.put(source.name(), List.of(file));
    }
    return files;
  }

  private static <T> void write(
      SourcePlan source, Class<T> type, Path file, List<RecordedEvent> records) throws Exception {
    try (RecordParquetWriter<T> writer = RecordParquetWriter.open(type, file)) {
      for (RecordedEvent record : records) {
        if (record.source() == source.index()) {
          writer.write(type.cast(record.value()));
        }
      }
    }
  }

  private void day(FeatureSet<?> set, String name, Map<String, List<Path>> files, Instant cut) {
    Backfill.of(
            set,
            null,
            files,
            folder.resolve(name),
            BackfillOptions.all().shards(3).until(cut).keepingState(null))
        .run(LocalRunners.direct(1));
  }

  private SnapshotLoad.Counts load(String day) throws Exception {
    return load(plan, day);
  }

  private SnapshotLoad.Counts load(FeaturePlan of, String day) throws Exception {
    return LoadRun.of(of, folder.resolve(day)).run(redis.uri(), (done, all) -> {});
  }

  private List<byte @Nullable []> read(List<StoreKey> keys) {
    try (OnlineReader reader = new RedisStore(redis.uri()).openReader()) {
      return reader.read(keys).toCompletableFuture().join();
    }
  }

  @Test
  void whatIsReadThereIsWhatBatchComputes() throws Exception {
    SnapshotLoad.Counts counts = load("second");
    assertTrue(counts.entities() > 5 && counts.carried() > 5, counts.toString());
    assertEquals(0, counts.newer());
    List<RecordedEvent> known = new ArrayList<>();
    List<Swipe> asked = new ArrayList<>();
    for (RecordedEvent record : records) {
      SourceRow row = oracle.admitted(record).orElse(null);
      if (row != null
          && (plan.sources().get(row.source()).table()
              || row.availableAtMicros() < Micros.of(secondCut))) {
        known.add(record);
        if (record.value() instanceof Swipe swipe) {
          asked.add(swipe);
        }
      }
    }
    Random random = new Random(SEED);
    List<OracleVector> expected = new ArrayList<>();
    List<FeatureVector> actual = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Swipe like = asked.get(random.nextInt(asked.size()));
      Instant at = secondCut.plus(Duration.ofMinutes(random.nextInt(4) * 15L));
      Swipe probe =
          new Swipe(
              "probe-" + i, Long.MAX_VALUE, like.card(), like.merchant(), like.amount(), at, at);
      RecordedEvent asking =
          new RecordedEvent(
              plan.requestSource().index(), probe, RecordedEvent.NO_RECORD_TIMESTAMP, 0);
      SourceRow row = oracle.admitted(asking).orElseThrow();
      if (oracle.isKeyless(row)) {
        continue;
      }
      List<RecordedEvent> all = new ArrayList<>(known);
      all.add(asking);
      oracle.vectors(oracle.admitted(all)).stream()
          .filter(v -> v.request().equals(row))
          .forEach(expected::add);
      actual.add(answer(row));
    }
    assertTrue(expected.size() > 20);
    assertEquals(
        expected.stream().map(v -> v.request().id() + v.values()).toList(),
        actual.stream().map(v -> v.requestId() + v.values()).toList());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).values(), actual.get(i).values());
    }
  }

  /** As a server would: states from the store, the kernel, the vector. */
  private FeatureVector answer(SourceRow request) {
    @Nullable Values[] answers = new @Nullable Values[plan.asks().size()];
    new Router(plan, plan.branches())
        .route(
            request,
            true,
            request.id(),
            0,
            false,
            (branch, key, row) -> {
              if (row.isRequest()) {
                Values out = new Values(plan.branches().get(branch).resultTypes());
                answer(plan.branches().get(branch), key, row, out);
                List<Ask> asks = plan.asksOf(plan.branches().get(branch));
                for (int i = 0; i < asks.size(); i++) {
                  if ((row.asks() >>> i & 1) != 0) {
                    answers[asks.get(i).index()] = out;
                  }
                }
              }
            });
    return new VectorAssembler(plan).assemble(request, String.valueOf(request.id()), answers, 0, 0);
  }

  private void answer(Branch branch, String key, BranchRow row, Values out) {
    if (branch instanceof LookupPlan lookup) {
      byte[] bytes = read(List.of(new StoreKey(TableSpace.of(lookup.table()), key))).get(0);
      new TableVersionsCodec(plan.sources().get(lookup.source())).answer(lookup, bytes, row, out);
      return;
    }
    ViewPlan view = (ViewPlan) branch;
    byte[] bytes = read(List.of(EntityStateCodec.cellOf(view, key))).get(0);
    EntityState state =
        bytes == null ? new EntityState(view) : new EntityStateCodec(view).fromBytes(bytes);
    state.answer(row, out);
  }

  /** All cells that the second day's snapshot has. */
  private List<StoreKey> keys() {
    List<StoreKey> keys = new ArrayList<>();
    for (RecordedEvent record : records) {
      if (record.value() instanceof Swipe swipe && swipe.card() != null) {
        keys.add(EntityStateCodec.cellOf(plan.views().get(0), swipe.card()));
        keys.add(new StoreKey("table.accounts", swipe.card()));
      }
    }
    return keys;
  }

  @Test
  void neverMovesAnEntityBack() throws Exception {
    long written = load("second").written();
    List<StoreKey> keys = keys();
    List<byte @Nullable []> after = read(keys);
    SnapshotLoad.Counts again = load("second");
    assertEquals(0, again.written());
    assertEquals(written, again.newer());
    load("first");
    List<byte @Nullable []> older = read(keys);
    for (int i = 0; i < keys.size(); i++) {
      if (after.get(i) != null) {
        assertArrayEquals(after.get(i), older.get(i), keys.get(i).toString());
      }
    }
  }

  @Test
  void whatAStreamWroteSinceStays() throws Exception {
    load("first");
    ViewPlan view = plan.views().get(0);
    StoreKey key =
        keys().stream()
            .filter(k -> k.space().startsWith(view.name() + "@") && read(List.of(k)).get(0) != null)
            .findFirst()
            .orElseThrow();
    byte[] streamed = new EntityStateCodec(view).toBytes(new EntityState(view));
    long later = Micros.of(secondCut.plusSeconds(1));
    try (OnlineWriter writer = new RedisStore(redis.uri()).openWriter()) {
      StateWrite write = new StateWrite(key, new StateMark(0, later, 0, 99), streamed);
      assertEquals(1, writer.write(List.of(write)).toCompletableFuture().join());
    }
    load("second");
    assertArrayEquals(streamed, read(List.of(key)).get(0));
  }

  /** C11: a copy that came first takes another's event out, in the store as in the stream. */
  @Test
  void whatAStreamTookBackLeavesTheStore() {
    ViewPlan view = plan.views().get(0);
    EntityStateCodec codec = new EntityStateCodec(view);
    StoreKey key = EntityStateCodec.cellOf(view, "taken back");
    EntityState state = new EntityState(view);
    BranchRow event = new BranchRow(true, false, 5, 5, 0, new Values(view.columnTypes()), null, 0);
    try (OnlineWriter writer = new RedisStore(redis.uri()).openWriter()) {
      for (int size : new int[] {1, 0}) {
        if (size == 1) {
          state.add(event);
        } else {
          assertTrue(state.retract(event));
        }
        byte[] bytes = codec.toBytes(state);
        StateWrite write = new StateWrite(key, EntityStateCodec.markOf(bytes, 0), bytes);
        assertEquals(1, writer.write(List.of(write)).toCompletableFuture().join());
        assertEquals(size, codec.fromBytes(read(List.of(key)).get(0)).size());
      }
    }
  }

  /** A day of a history in which the later half of the accounts' versions isn't yet. */
  private void dayOfFewerVersions(String name) throws Exception {
    int accounts = FeaturePlan.of(SET).source("accounts").orElseThrow().index();
    long[] available =
        oracle.admitted(records).stream()
            .filter(r -> r.source() == accounts)
            .mapToLong(SourceRow::availableAtMicros)
            .sorted()
            .toArray();
    long middle = available[available.length / 2];
    List<RecordedEvent> fewer =
        records.stream()
            .filter(
                r ->
                    r.source() != accounts
                        || oracle.admitted(r).map(SourceRow::availableAtMicros).orElse(middle)
                            < middle)
            .toList();
    assertTrue(fewer.size() < records.size());
    day(SET, name, history(name, fewer), firstCut);
  }

  private FeaturePlan agesOfAllVersions() throws Exception {
    day(AGES, "ages", history("ages", records), secondCut);
    return FeaturePlan.of(AGES);
  }

  /** That a stream of a plan reads the cells of its tables, as it does at each request. */
  private void assertReads(FeaturePlan of) {
    LookupPlan lookup = of.lookups().get(0);
    TableVersionsCodec codec = new TableVersionsCodec(of.sources().get(lookup.source()));
    Values out = new Values(lookup.resultTypes());
    BranchRow last = new BranchRow(false, true, Long.MAX_VALUE, Long.MAX_VALUE, 0, null, null, 0);
    int versions = 0;
    for (byte[] cell : read(cells("table.accounts"))) {
      codec.answer(lookup, cell, last, out);
      versions += cell == null ? 0 : Objects.requireNonNull(codec.readCell(cell)).versions().size();
    }
    assertTrue(versions > 5, "too few versions to prove anything: " + versions);
  }

  private List<StoreKey> cells(String space) {
    return keys().stream().map(k -> new StoreKey(space, k.entityKey())).distinct().toList();
  }

  /** C12: of two that know as late versions, the one of more fields stays. */
  @Test
  void setsThatReadDifferentFieldsShareTheirTables() throws Exception {
    FeaturePlan ages = agesOfAllVersions();
    load(ages, "ages");
    load("second");
    assertReads(ages);
    assertReads(plan);
    load(ages, "ages");
    assertReads(plan);
  }

  @Test
  void whatWouldTakeFieldsFromAnotherSetIsRefused() throws Exception {
    dayOfFewerVersions("fewer");
    load("fewer");
    List<byte @Nullable []> before = read(cells("table.accounts"));
    FeaturePlan ages = agesOfAllVersions();
    SnapshotException refused = assertThrows(SnapshotException.class, () -> load(ages, "ages"));
    assertTrue(
        refused.getMessage().contains("with the fields [creditLimit], which ages doesn't read"),
        refused.getMessage());
    assertTrue(refused.getMessage().contains("--tables-only"), refused.getMessage());
    List<byte @Nullable []> after = read(cells("table.accounts"));
    for (int i = 0; i < before.size(); i++) {
      assertArrayEquals(before.get(i), after.get(i));
    }
    read(cells("ages_activity")).forEach(cell -> assertNull(cell));
    load("second");
    assertTrue(load(ages, "ages").written() > 0);
    assertReads(ages);
    assertReads(plan);
  }

  @Test
  void whatLacksFieldsThatTheSetReadsIsRefused() throws Exception {
    dayOfFewerVersions("fewer");
    load(agesOfAllVersions(), "ages");
    SnapshotException refused = assertThrows(SnapshotException.class, () -> load("fewer"));
    assertTrue(
        refused.getMessage().contains("without the fields [creditLimit], which fraud_v1 reads"),
        refused.getMessage());
    read(cells("card_activity")).forEach(cell -> assertNull(cell));
  }

  @ParameterizedTest
  @ValueSource(strings = {"entities-00002.state", "ids-00001.state", "carried.state"})
  void ofADamagedSnapshotNothingIsWritten(String name) throws Exception {
    Path file = SnapshotFolder.in(folder.resolve("second")).folder().resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    SnapshotException refused = assertThrows(SnapshotException.class, () -> load("second"));
    assertTrue(
        refused.getMessage().contains(file + " of the snapshot is damaged"), refused.getMessage());
    read(keys()).forEach(cell -> assertNull(cell));
  }

  @Test
  void anotherDefinitionIsRefused() {
    FeaturePlan other = FeaturePlan.of(SET.request("card_text", Swipe::card));
    SnapshotException refused =
        assertThrows(SnapshotException.class, () -> LoadRun.of(other, folder.resolve("second")));
    assertTrue(refused.getMessage().contains("is of another definition"), refused.getMessage());
  }

  @Test
  void whereThereIsNoSnapshotItSaysWhatToGive() {
    SnapshotException refused =
        assertThrows(
            SnapshotException.class, () -> LoadRun.of(plan, folder.resolve("first/rejected")));
    assertTrue(refused.getMessage().contains("give the folder that backfill --by-day writes"));
  }
}
