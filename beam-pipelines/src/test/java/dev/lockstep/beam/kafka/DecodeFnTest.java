package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.beam.stream.Tally;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaRecordCoder;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C6, C13, C17: what Kafka's records become, what goes to the letters, and what is counted. */
class DecodeFnTest {
  /** {@code Swipe} as it was before it got a shop. */
  static final class Before {
    record Swipe(String id, String card, double amount, Instant at) {}
  }

  record Swipe(String id, String card, double amount, Instant at, @Nullable String shop) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
  private static final Instant NOON = Instant.parse("2025-01-31T12:00:00Z");
  private static final Map<String, String> ROWS = new ConcurrentSkipListMap<>();
  private static final Map<String, String> LETTERS = new ConcurrentSkipListMap<>();

  private static FeatureSet<Swipe> set() {
    return FeatureSet.named("s")
        .forEach(SWIPES)
        .with(
            FeatureView.named("by_card")
                .over(SWIPES)
                .by(Entity.string("card"), Swipe::card)
                .feature(
                    "amount",
                    Aggregations.sum(Swipe::amount).over(Window.last(Durations.hours(1)))));
  }

  static final class Rows extends DoFn<KV<Integer, byte[]>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Integer, byte[]> row) {
      SourceRow read = new SourceRowCodec(FeaturePlan.of(set())).fromBytes(row.getValue());
      ROWS.put(String.valueOf(read.id()), read.values().toString());
    }
  }

  static final class Letters extends DoFn<ProducerRecord<byte[], byte[]>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element ProducerRecord<byte[], byte[]> letter) {
      LETTERS.put(
          new String(
              letter.headers().lastHeader(RecordHeaders.POSITION).value(), StandardCharsets.UTF_8),
          new String(
              letter.headers().lastHeader(RecordHeaders.REASON).value(), StandardCharsets.UTF_8));
    }
  }

  private static String json(String id, String amount) {
    return "{\"id\":\""
        + id
        + "\",\"card\":\"c\",\"amount\":"
        + amount
        + ",\"at\":\""
        + NOON
        + "\"}";
  }

  @Test
  void eachRecordIsARowOrALetter() {
    RecordSchema before = RecordSchema.of(Before.Swipe.class);
    List<byte[]> messages = new ArrayList<>();
    messages.add(
        json("a", "1.5,\"shop\":[\"what nothing reads\"]").getBytes(StandardCharsets.UTF_8));
    messages.add(json("b", "NaN").getBytes(StandardCharsets.UTF_8));
    messages.add(
        new EventEncoder(before, EventEncoder.Format.AVRO)
            .encode(new Before.Swipe("c", "c", 2.5, NOON)));
    messages.add(json("d", "\"much\"").getBytes(StandardCharsets.UTF_8));
    messages.add(json("e", "1}garbage").getBytes(StandardCharsets.UTF_8));
    messages.add(new byte[] {0, 0, 0, 0, 7, 2, 2});
    List<KafkaRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      records.add(record(i, NOON.toEpochMilli(), messages.get(i)));
    }
    double lettersBefore = counted(ProcessFigures.DEAD_LETTERS);
    double notFiniteBefore = counted(ProcessFigures.NOT_FINITE);
    run(records, dev.lockstep.beam.event.EventSchema.of(before).toString(), false);
    assertEquals(List.of("a", "b", "c"), List.copyOf(ROWS.keySet()));
    assertEquals("[a, 2025-01-31T12:00:00Z, c, 1.5]", ROWS.get("a"));
    assertEquals("[b, 2025-01-31T12:00:00Z, c, null]", ROWS.get("b"));
    assertEquals("[c, 2025-01-31T12:00:00Z, c, 2.5]", ROWS.get("c"));
    assertEquals(List.of("swipes-0@3", "swipes-0@4", "swipes-0@5"), List.copyOf(LETTERS.keySet()));
    assertEquals(
        "[amount] is the text \"much\" where a value of type double is expected",
        LETTERS.get("swipes-0@3"));
    assertEquals(3, counted(ProcessFigures.DEAD_LETTERS) - lettersBefore);
    assertEquals(1, counted(ProcessFigures.NOT_FINITE) - notFiniteBefore);
  }

  /** What this process has counted, of all labels. */
  private static double counted(String name) {
    return Tally.all().entrySet().stream()
        .filter(series -> series.getKey().replaceFirst("[{].*", "").equals(name))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** A replay's clock records end where they are read: what comes here with such a header isn't. */
  @Test
  void aRecordWithAClockIsALetterWhateverItSays() {
    byte[] good = json("a", "1").getBytes(StandardCharsets.UTF_8);
    List<KafkaRecord<byte[], byte[]>> records = new ArrayList<>();
    List<byte[]> clocks = new ArrayList<>();
    clocks.add(RecordHeaders.number(NOON.toEpochMilli()));
    clocks.add(RecordHeaders.number(NOON.toEpochMilli() * 1_000));
    clocks.add(new byte[] {1, 2, 3});
    clocks.add(new byte[0]);
    clocks.add(null);
    for (byte[] clock : clocks) {
      KafkaRecord<byte[], byte[]> record = record(records.size(), NOON.toEpochMilli(), good);
      record.getHeaders().add(RecordHeaders.CLOCK, clock);
      records.add(record);
    }
    run(records, true);
    assertEquals(clocks.size(), LETTERS.size());
    LETTERS.values().forEach(r -> assertTrue(r.startsWith("a clock record of a replay"), r));
    run(records, false);
    assertEquals(clocks.size(), LETTERS.size());
    LETTERS.values().forEach(r -> assertTrue(r.contains("header lockstep-clock is no time"), r));
    assertEquals(Map.of(), ROWS);
  }

  /** The reason is what the same message says on every path, whatever stamps it here. */
  @Test
  void theMessageIsReadBeforeItsStamp() {
    long nanoseconds = NOON.toEpochMilli() * 1_000_000;
    run(
        List.of(
            record(0, nanoseconds, json("a", "\"much\"").getBytes(StandardCharsets.UTF_8)),
            record(1, nanoseconds, json("a", "1").getBytes(StandardCharsets.UTF_8)),
            record(2, -1, json("a", "1").getBytes(StandardCharsets.UTF_8))),
        true);
    assertTrue(LETTERS.get("swipes-0@0").startsWith("[amount] is the text"), LETTERS::toString);
    assertTrue(LETTERS.get("swipes-0@1").contains("but it is in nanoseconds"), LETTERS::toString);
    assertTrue(LETTERS.get("swipes-0@2").contains("timestamp -1 is not"), LETTERS::toString);
  }

  /** A sequence holds 15 bits of the partition and 48 of the offset: what doesn't fit has none. */
  @Test
  void aPlaceBeyondWhatASequenceHoldsIsALetter() {
    byte[] good = json("a", "1").getBytes(StandardCharsets.UTF_8);
    List<KafkaRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Object[] place : new Object[][] {{32_767, (1L << 48) - 1}, {32_768, 0L}, {0, 1L << 48}}) {
      records.add(
          new KafkaRecord<>(
              "swipes",
              (Integer) place[0],
              (Long) place[1],
              NOON.toEpochMilli(),
              KafkaTimestampType.CREATE_TIME,
              new org.apache.kafka.common.header.internals.RecordHeaders(),
              new byte[0],
              good));
    }
    run(records, true);
    assertEquals(1, ROWS.size());
    assertEquals(
        List.of("swipes-0@281474976710656", "swipes-32768@0"), List.copyOf(LETTERS.keySet()));
    LETTERS.values().forEach(r -> assertTrue(r.startsWith("no Kafka position: partition"), r));
  }

  private static KafkaRecord<byte[], byte[]> record(int offset, long millis, byte[] value) {
    return new KafkaRecord<>(
        "swipes",
        0,
        offset,
        millis,
        KafkaTimestampType.CREATE_TIME,
        new org.apache.kafka.common.header.internals.RecordHeaders(),
        new byte[0],
        value);
  }

  private static void run(List<KafkaRecord<byte[], byte[]>> records, boolean live) {
    run(records, "\"string\"", live);
  }

  private static void run(List<KafkaRecord<byte[], byte[]>> records, String schema, boolean live) {
    ROWS.clear();
    LETTERS.clear();
    Pipeline pipeline = Pipeline.create();
    StreamTopics topics = StreamTopics.of("", FeaturePlan.of(set()));
    PCollectionTuple decoded =
        pipeline
            .apply(
                Create.of(records)
                    .withCoder(KafkaRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of())))
            .apply(
                ParDo.of(new DecodeFn(set(), topics, List.of(schema), live))
                    .withOutputTags(
                        DecodeFn.ROWS,
                        TupleTagList.of(DecodeFn.DEAD_LETTERS).and(DecodeFn.LATE_EVENTS)));
    decoded.get(DecodeFn.ROWS).setCoder(StreamFeatures.rowCoder()).apply(ParDo.of(new Rows()));
    decoded
        .get(DecodeFn.DEAD_LETTERS)
        .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply("Letters", ParDo.of(new Letters()));
    decoded
        .get(DecodeFn.LATE_EVENTS)
        .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply("Late", ParDo.of(new Letters()));
    pipeline.run().waitUntilFinish();
  }
}
