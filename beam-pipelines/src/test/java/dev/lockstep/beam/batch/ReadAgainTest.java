package dev.lockstep.beam.batch;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C16: a source of features as of event time and of a label as known is read twice. */
class ReadAgainTest {
  @TempDir Path folder;

  /** C16: the features read a source as of event time, the label as known; its rows are as many. */
  @Test
  void aSourceThatIsReadTwiceIsCountedOnce() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SET, Shop.LABEL);
    List<RecordedEvent> records = NastyEvents.inHistory(plan, 31).records(500);
    Map<String, List<Path>> files = ShopHistory.write(folder.resolve("h"), plan, records);
    Manifest asKnown =
        Backfill.of(Shop.SET, Shop.LABEL, files, folder.resolve("known"), BackfillOptions.all())
            .run(LocalRunners.direct(1))
            .manifest();
    Manifest asHappened =
        Backfill.of(
                Shop.SET.asOfEventTime(),
                Shop.LABEL,
                files,
                folder.resolve("happened"),
                BackfillOptions.all())
            .run(LocalRunners.direct(1))
            .manifest();
    assertEquals(
        asKnown.counts().get("rows/settlements"), asHappened.counts().get("rows/settlements"));
    assertEquals(asKnown.sourceFiles(), asHappened.sourceFiles());
  }

  record Settled(
      Long id,
      String swipe,
      String merchant,
      Double fee,
      BigDecimal net,
      Instant at,
      Instant booked) {}

  /**
   * C16: nor is a row a dead letter twice, and what only the label can't use is one all the same.
   */
  @Test
  void aSourceThatIsReadTwiceHasItsDeadLettersOnce() throws Exception {
    Instant at = Instant.parse("2026-03-01T12:00:00Z");
    Instant hour = at.plusSeconds(3_600);
    BigDecimal one = BigDecimal.ONE;
    List<Settled> settlements =
        List.of(
            new Settled(1L, "s", "m", 1.0, one, at, hour),
            new Settled(null, "s", "m", 1.0, one, at, hour), // no id: neither can use it
            new Settled(3L, "s", "m", 1.0, one, null, hour), // no event time: neither
            new Settled(4L, "s", null, 1.0, one, at, hour), // no key: the features can't
            new Settled(5L, "s", "m", 1.0, one, at, null), // never known: the label can't
            new Settled(6L, "s", "m", 1.0, one, hour, at), // known before it happens: the label
            new Settled(7L, "s", "m", 1.0, one, at, at.plusSeconds(86_400)), // late for the label
            new Settled(1L, "s", "m", 1.0, one, at, hour)); // a copy
    Map<String, List<Path>> files = new TreeMap<>();
    files.put("accounts", List.of());
    files.put("swipes", List.of(swipe(at)));
    Path file = folder.resolve("settled.parquet");
    ShopHistory.write(file, Settled.class, settlements);
    files.put("settlements", List.of(file));
    Map<String, Long> asKnown = counts(Shop.SET, Shop.LABEL, files);
    assertEquals(8, asKnown.get("rows/settlements"), asKnown.toString());
    assertEquals(5, asKnown.get("deadLetters/settlements"), asKnown.toString());
    assertEquals(1, asKnown.get("late/settlements"), asKnown.toString());
    assertEquals(1, asKnown.get("duplicates/settlements"), asKnown.toString());
    assertEquals(asKnown, counts(Shop.SET.asOfEventTime(), Shop.LABEL, files));
  }

  private Map<String, Long> counts(
      FeatureSet<?> set, Label<?> label, Map<String, List<Path>> files) {
    return Backfill.of(
            set, label, files, folder.resolve("out"), BackfillOptions.all().replacing(true))
        .run(LocalRunners.direct(1))
        .manifest()
        .counts();
  }

  private Path swipe(Instant at) throws Exception {
    return ShopHistory.write(
        folder.resolve("swipe.parquet"),
        Shop.Swipe.class,
        List.of(new Shop.Swipe("s", "c", "m", 1.0, BigDecimal.ONE, 1, at)));
  }

  record Price(String merchant, String swipe, BigDecimal net, Instant at) {}

  private static final EventSource<Price> PRICES =
      EventSource.of(Price.class).named("prices").eventTime(Price::at);

  private static final Label<Price> NET =
      Label.from(PRICES).on(Price::swipe).is("net_after", field(Price::net));

  private static FeatureSet<?> ofPrices(boolean readsNet) {
    return FeatureSet.named("priced")
        .forEach(Shop.SWIPES)
        .entity(Shop.MERCHANT, Shop.Swipe::merchant)
        .with(
            FeatureView.named("prices_before")
                .over(PRICES)
                .by(Shop.MERCHANT, Price::merchant)
                .feature(
                    "f",
                    readsNet ? sum(Price::net).over(last(days(1))) : count().over(last(days(1)))));
  }

  /** C13: once where both stumble over it, and where only the label does too. */
  @Test
  void anUnreadableRowIsCountedOnce() throws Exception {
    Map<String, List<Path>> files = new TreeMap<>();
    files.put("swipes", List.of(swipe(Instant.EPOCH)));
    files.put("prices", List.of(prices(1L, 100_000_000_000_000_000L)));
    for (boolean readsNet : new boolean[] {true, false}) {
      Map<String, Long> counts = counts(ofPrices(readsNet).asOfEventTime(), NET, files);
      assertEquals(2, counts.get("rows/prices"), counts.toString());
      assertEquals(1, counts.get("deadLetters/prices"), readsNet + ": " + counts);
      assertEquals(counts, counts(ofPrices(readsNet), NET, files));
    }
  }

  /** A file with prices in whole numbers, some greater than a decimal holds. */
  private Path prices(long... nets) throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message price { required binary merchant (STRING); required binary swipe (STRING);"
                + " required int64 net (DECIMAL(18,0)); required int64 at (TIMESTAMP(MICROS,true));"
                + " }");
    Path file = folder.resolve("prices.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .build()) {
      for (long net : nets) {
        Group row = new SimpleGroup(schema);
        row.add("merchant", "m");
        row.add("swipe", "s");
        row.add("net", net);
        row.add("at", 1L);
        writer.write(row);
      }
    }
    return file;
  }
}
