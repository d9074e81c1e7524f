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
