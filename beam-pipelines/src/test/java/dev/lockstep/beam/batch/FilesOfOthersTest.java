package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.read.ParquetRows;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Column;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.RecordCode;
import dev.lockstep.define.Window;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C1, C6, C13, C17: small files with what ordinary tools do, through whole backfills. */
class FilesOfOthersTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final Window DAY = Window.last(Durations.days(1));

  record Txn(String id, String card, double amount, int qty, float price, Instant at) {}

  record Loose(String id, String card, double amount, Integer qty, float price, Instant at) {}

  record Exact(String id, String card, BigDecimal amount, int qty, float price, Instant at) {}

  @RecordCode(version = 1)
  record Strict(String id, String card, double amount, int qty, float price, Instant at) {
    Strict {
      if (amount < 0) {
        throw new IllegalArgumentException("a negative amount");
      }
      card = card.strip().toLowerCase(Locale.ROOT);
    }
  }

  @TempDir Path folder;
  private int made;

  private static EventSource<Txn> txns() {
    return EventSource.of(Txn.class).named("txns").id(Txn::id).eventTime(Txn::at);
  }

  private static FeatureSet<Txn> all(EventSource<Txn> txns) {
    return set(txns, Txn::card, Txn::amount, Txn::qty, Txn::price);
  }

  private static <T> FeatureSet<T> set(
      EventSource<T> source,
      Column<T, String> card,
      Column<T, ? extends Number> amount,
      Column<T, ? extends Number> qty,
      Column<T, ? extends Number> price) {
    return FeatureSet.named("s")
        .forEach(source)
        .with(
            FeatureView.named("v")
                .over(source)
                .by(Entity.string("card"), card)
                .feature("amount", Aggregations.sum(amount).over(DAY))
                .feature("qty", Aggregations.sum(qty).over(DAY))
                .feature("price", Aggregations.sum(price).over(DAY)));
  }

  private static FeatureSet<Strict> strict() {
    EventSource<Strict> source =
        EventSource.of(Strict.class).named("txns").id(Strict::id).eventTime(Strict::at);
    return set(source, Strict::card, Strict::amount, Strict::qty, Strict::price);
  }

  private static FeatureSet<Loose> loose() {
    EventSource<Loose> source =
        EventSource.of(Loose.class).named("txns").id(Loose::id).eventTime(Loose::at);
    return set(source, Loose::card, Loose::amount, Loose::qty, Loose::price);
  }

  private static FeatureSet<Exact> exact() {
    EventSource<Exact> source =
        EventSource.of(Exact.class).named("txns").id(Exact::id).eventTime(Exact::at);
    return set(source, Exact::card, Exact::amount, Exact::qty, Exact::price);
  }

  private record Made(List<String> rows, Manifest manifest, List<String> reasons) {
    long count(String what) {
      return manifest.counts().getOrDefault(what + "/txns", 0L);
    }
  }

  private Made backfill(FeatureSet<?> set, Path history, List<Path> spine) {
    Path output = folder.resolve("out" + made++);
    Backfill.of(
            set,
            null,
            Map.of("txns", List.of(history)),
            output,
            BackfillOptions.all().askedBy(spine).shards(2))
        .run(LocalRunners.direct(1));
    List<String> rows = new ArrayList<>();
    TrainingSetReader read = TrainingSetReader.open(output);
    for (LabelledVector row : read) {
      rows.add(BackfillTest.text(row));
    }
    List<String> reasons = new ArrayList<>();
    Path letters = output.resolve("rejected/dead-letters.parquet");
    if (Files.exists(letters)) {
      ParquetRows.of(letters.toString(), List.of(Map.entry("reason", ValueType.STRING)))
          .forEach(r -> reasons.add(r.getString(0)));
    }
    return new Made(
        rows.stream().sorted().toList(), read.manifest(), reasons.stream().sorted().toList());
  }

  private Made backfill(FeatureSet<?> set, String fixture) {
    return backfill(set, FIXTURES.resolve(fixture), List.of());
  }

  @Test
  void unitsAndWidthsMakeNoDifference() {
    List<String> base = backfill(all(txns()), "cases/base.parquet").rows();
    assertEquals(20, base.size());
    Path history = FIXTURES.resolve("cases/base.parquet");
    List<String> asked = backfill(all(txns()), history, List.of(history)).rows();
    for (String name :
        List.of(
            "cases/nanos",
            "cases/millis",
            "cases/wide",
            "cases/uint",
            "cases/dec38",
            "cases/oddname",
            "spark/at-int96",
            "arrow/at-nanosecond",
            "duckdb/at-text-zulu")) {
      Path file = FIXTURES.resolve(name + ".parquet");
      assertEquals(base, backfill(all(txns()), file, List.of()).rows(), name);
      assertEquals(
          asked.stream().map(FilesOfOthersTest::values).toList(),
          backfill(all(txns()), history, List.of(file)).rows().stream()
              .map(FilesOfOthersTest::values)
              .toList(),
          name + " as a spine");
    }
  }

  /** Without the request's name. */
  private static String values(String row) {
    return row.substring(row.indexOf(' '));
  }

  @Test
  void nullsAreDataErrorsWhereTheyAreRead() {
    Made read = backfill(all(txns()), "cases/nulls.parquet");
    assertEquals(18, read.rows().size());
    assertEquals(2, read.count("deadLetters"));
    assertEquals(
        List.of(
            "[amount] is null or missing, which a component of type double can't be",
            "[qty] is null or missing, which a component of type int can't be"),
        read.reasons());
    EventSource<Txn> txns = txns();
    FeatureSet<Txn> counting =
        FeatureSet.named("s")
            .forEach(txns)
            .with(
                FeatureView.named("v")
                    .over(txns)
                    .by(Entity.string("card"), Txn::card)
                    .feature("n", Aggregations.count().over(DAY)));
    Made unread = backfill(counting, "cases/nulls.parquet");
    assertEquals(20, unread.rows().size());
    assertEquals(0, unread.count("deadLetters"));
  }

  @Test
  void nanIsNullAndCounted() {
    Made read = backfill(all(txns()), "cases/nan.parquet");
    assertEquals(20, read.rows().size());
    assertEquals(1, read.count("droppedDoubles"));
  }

  @Test
  void aRecordsOwnCodeIsObeyed() {
    assertEquals(20, backfill(all(txns()), "cases/negative.parquet").rows().size());
    Made strict = backfill(strict(), "cases/negative.parquet");
    assertEquals(19, strict.rows().size());
    assertEquals(
        List.of(
            "Strict can't be made of it: its constructor threw IllegalArgumentException: a negative"
                + " amount"),
        strict.reasons());
    assertTrue(strict.rows().stream().allMatch(r -> r.contains("card ")), strict.rows().get(0));
  }

  @Test
  void aMissingColumnIsNullInEachRow() {
    Made primitive = backfill(all(txns()), "cases/missingcol.parquet");
    assertEquals(20, primitive.count("deadLetters"));
    assertEquals(0, primitive.rows().size());
    assertEquals(
        List.of(
            "txns: [qty] is missing in 1 of 1 file; it can't be null, so that each of their rows is"
                + " a data error"),
        primitive.manifest().remarks());
    Made nullable = backfill(loose(), "cases/missingcol.parquet");
    assertEquals(20, nullable.rows().size());
    assertEquals(
        List.of("txns: [qty] is missing in 1 of 1 file; it is null in their rows"),
        nullable.manifest().remarks());
  }

  @Test
  void decimalsAreReadByValue() {
    Made exact = backfill(exact(), "cases/dec38.parquet");
    assertEquals(20, exact.rows().size());
    assertTrue(exact.rows().toString().contains("[7.5, 5, "), exact.rows().toString());
  }

  @Test
  void noRowsAreNothing() {
    Made empty = backfill(all(txns()), "cases/empty.parquet");
    assertEquals(List.of(), empty.rows());
    assertEquals(0, empty.count("deadLetters"));
  }

  @Test
  void timesWithoutZoneAreInTheSources() {
    Made utc = backfill(all(txns()), "duckdb/at-millis-local.parquet");
    assertEquals(
        List.of("txns: [at] is without zone in 1 of 1 file, taken as UTC"),
        utc.manifest().remarks());
    assertEquals(Instant.parse("2025-01-01T00:00:00Z"), utc.manifest().firstEventTime());
    EventSource<Txn> berlin = txns().zone(ZoneId.of("Europe/Berlin"));
    Made local = backfill(all(berlin), "duckdb/at-millis-local.parquet");
    assertEquals(
        List.of("txns: [at] is without zone in 1 of 1 file, taken as Europe/Berlin"),
        local.manifest().remarks());
    assertEquals(Instant.parse("2024-12-31T23:00:00Z"), local.manifest().firstEventTime());
  }

  @Test
  void whatIsPassedOverIsInTheManifest() throws IOException {
    Path history = Files.createDirectories(folder.resolve("history"));
    Files.copy(FIXTURES.resolve("cases/base.parquet"), history.resolve("a.parquet"));
    for (String name : List.of("_SUCCESS", ".a.parquet.crc", "b.csv", "c.csv")) {
      Files.writeString(history.resolve(name), "");
    }
    Made read = backfill(all(txns()), history, List.of());
    assertEquals(20, read.rows().size());
    assertEquals(
        List.of(
            "txns: 4 passed over (hidden, or no *.parquet): .a.parquet.crc, _SUCCESS, b.csv and 1"
                + " more"),
        Manifest.fromJson(read.manifest().toJson()).remarks());
  }
}
