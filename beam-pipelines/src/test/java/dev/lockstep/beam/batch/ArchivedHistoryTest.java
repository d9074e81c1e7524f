package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.TopicPositions;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * History archived from Kafka keeps record timestamp, partition and offset, and they count as they
 * do on Kafka (C1, C2).
 */
class ArchivedHistoryTest {
  private static final long OFFSET_MASK = (1L << 48) - 1;

  record ArchivedSwipe(
      String id,
      String card,
      String merchant,
      Double amount,
      BigDecimal price,
      long cents,
      Instant at,
      Instant kafka_timestamp,
      int kafka_partition,
      long kafka_offset) {}

  record ArchivedSettlement(
      long id,
      String swipe,
      String merchant,
      double fee,
      BigDecimal net,
      Instant at,
      Instant booked,
      Instant kafka_timestamp,
      int kafka_partition,
      long kafka_offset) {}

  record ArchivedAccount(
      String card,
      Integer grade,
      Instant from,
      boolean closed,
      Instant kafka_timestamp,
      int kafka_partition,
      long kafka_offset) {}

  @TempDir Path folder;

  private static Record archived(RecordedEvent event) {
    Instant timestamp = Micros.toInstant(event.recordTimestampMicros());
    int partition = (int) (event.position() >>> 48);
    long offset = event.position() & OFFSET_MASK;
    if (event.value() instanceof Shop.Swipe s) {
      return new ArchivedSwipe(
          s.id(),
          s.card(),
          s.merchant(),
          s.amount(),
          s.price(),
          s.cents(),
          s.at(),
          timestamp,
          partition,
          offset);
    }
    if (event.value() instanceof Shop.Settlement s) {
      return new ArchivedSettlement(
          s.id(),
          s.swipe(),
          s.merchant(),
          s.fee(),
          s.net(),
          s.at(),
          s.booked(),
          timestamp,
          partition,
          offset);
    }
    Shop.Account a = (Shop.Account) event.value();
    return new ArchivedAccount(
        a.card(), a.grade(), a.from(), a.closed(), timestamp, partition, offset);
  }

  /** C12: a stream goes on behind what the snapshot's files had of each partition. */
  @Test
  void aSnapshotKnowsHowFarItsTopicsGo() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SET);
    List<RecordedEvent> records = NastyEvents.onKafka(plan, 42).records(600);
    Path out = folder.resolve("day");
    Backfill.of(
            Shop.SET,
            null,
            write(plan, records),
            out,
            BackfillOptions.all()
                .until(Micros.toInstant(records.get(300).recordTimestampMicros()))
                .keepingState(null))
        .run(LocalRunners.direct(2));
    TopicPositions expected = TopicPositions.none();
    for (RecordedEvent record : records) {
      expected =
          expected.read(
              plan.sources().get(record.source()).name(),
              KnowledgePosition.partitionOf(record.position()),
              KnowledgePosition.offsetOf(record.position()));
    }
    assertEquals(expected, Snapshot.read(SnapshotFolder.in(out)).positions());
  }

  /** As a history that is archived only since some day: earlier rows have no place on Kafka. */
  record PartlyArchived(
      long id,
      String swipe,
      String merchant,
      Double fee,
      BigDecimal net,
      Instant at,
      Instant booked,
      Integer kafka_partition,
      Long kafka_offset) {}

  record Unplaced(
      String id,
      String card,
      String merchant,
      Double amount,
      BigDecimal price,
      long cents,
      Instant at,
      Integer kafka_partition,
      Long kafka_offset) {}

  private static PartlyArchived settlement(long id, Double fee, Integer partition, Long offset) {
    Instant at = Instant.EPOCH.plusSeconds(id);
    return new PartlyArchived(id, "s", "m", fee, BigDecimal.ONE, at, at, partition, offset);
  }

  /** C12: else a stream would pass over the record at offset 0, which no file had. */
  @Test
  void rowsWithoutPositionSayNothingAndUnreadableOnesDo() throws Exception {
    List<PartlyArchived> settlements =
        List.of(
            settlement(1, 1.0, null, null),
            settlement(2, 2.0, 0, null),
            settlement(3, 3.0, 3, 7L),
            settlement(4, null, 3, 9L), // no fee: not a Settlement
            settlement(5, 5.0, -1, 2L)); // a partition that is none
    List<Unplaced> swipes =
        List.of(
            new Unplaced("s", "c", "m", 1.0, BigDecimal.ONE, 1, Instant.EPOCH, null, null),
            new Unplaced("t", "c", "m", 1.0, BigDecimal.ONE, 1, Instant.EPOCH, null, null));
    Path out = folder.resolve("day");
    BackfillSummary summary =
        Backfill.of(
                Shop.SET,
                null,
                Map.of(
                    "settlements",
                    List.of(
                        ShopHistory.write(
                            folder.resolve("settled.parquet"), PartlyArchived.class, settlements)),
                    "swipes",
                    List.of(
                        ShopHistory.write(
                            folder.resolve("swiped.parquet"), Unplaced.class, swipes)),
                    "accounts",
                    List.of()),
                out,
                BackfillOptions.all().until(Instant.EPOCH.plusSeconds(86_400)).keepingState(null))
            .run(LocalRunners.direct(1));
    assertEquals(2, summary.manifest().counts().get("deadLetters/settlements"));
    assertEquals(
        TopicPositions.none().read("settlements", 3, 9),
        Snapshot.read(SnapshotFolder.in(out)).positions());
  }

  private Map<String, List<Path>> write(FeaturePlan plan, List<RecordedEvent> records)
      throws Exception {
    Map<String, List<Path>> files = new TreeMap<>();
    List<Class<?>> types =
        List.of(ArchivedSwipe.class, ArchivedSettlement.class, ArchivedAccount.class);
    for (int source = 0; source < types.size(); source++) {
      List<Record> rows = new ArrayList<>();
      for (RecordedEvent record : records) {
        if (record.source() == source) {
          rows.add(archived(record));
        }
      }
      String name = plan.sources().get(source).name();
      files.put(
          name,
          List.of(ShopHistory.write(folder.resolve(name + ".parquet"), types.get(source), rows)));
    }
    return files;
  }

  @Test
  void takesTimesAndOrderFromTheArchive() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SET, Shop.LABEL);
    List<RecordedEvent> records = NastyEvents.onKafka(plan, 41).records(2000);
    Map<String, List<Path>> files = write(plan, records);
    Backfill.of(Shop.SET, Shop.LABEL, files, folder.resolve("out"), BackfillOptions.all())
        .run(LocalRunners.direct(2));

    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> admitted = oracle.admitted(records);
    TrainingSetReader written = TrainingSetReader.open(folder.resolve("out"));
    List<String> rows = new ArrayList<>();
    written.forEach(r -> rows.add(BackfillTest.text(r)));
    BackfillTest.assertSame(
        oracle.vectors(admitted).stream().map(BackfillTest::text).sorted().toList(),
        rows.stream().sorted().toList(),
        "seed 41");
    assertEquals(List.of(), written.manifest().assumedOnTime());
  }
}
