package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.LocalRunners;
import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.parity.ParityReport;
import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.run.ParityRun;
import dev.lockstep.define.Emission;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code parity} says of differences by C5: rows that came behind their partition's progress
 * explain them under {@code ordered()}, what was in flight under {@code onArrival()}, and nothing
 * explains the rest. The vectors are what the batch gives of what a stream had read by then.
 */
class ParityVerdictTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant TEN = Till.START.plus(Duration.ofHours(10));

  @TempDir static Path folder;

  private static LocalKafka kafka;
  private static ParityServers servers;

  /** Each a project of its own name: its topics are nobody else's. */
  public static final class Overdue extends Till {
    public Overdue() {
      super("till_overdue", Emission.ORDERED);
    }
  }

  /** The same, answering at once. */
  public static final class AtOnce extends Till {
    public AtOnce() {
      super("till_at_once", Emission.ON_ARRIVAL);
    }
  }

  /** The same, still answering. */
  public static final class Running extends Till {
    public Running() {
      super("till_running", Emission.ON_ARRIVAL);
    }
  }

  /** The same, with another amount in the vectors than in the payments. */
  public static final class Changed extends Till {
    public Changed() {
      super("till_changed", Emission.ON_ARRIVAL);
    }
  }

  /** The same, whose records are all in order. */
  public static final class InOrder extends Till {
    public InOrder() {
      super("till_in_order", Emission.ORDERED);
    }
  }

  @BeforeAll
  static void start() {
    kafka = LocalKafka.start(folder.resolve("kafka"));
    servers = new ParityServers(kafka.bootstrapServers(), folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private final List<Till.Payment> early =
      List.of(payment("p0", TEN), payment("p1", TEN.plus(MINUTE.multipliedBy(50))));
  private final Till.Payment behind = payment("p2", TEN.plus(MINUTE.multipliedBy(30)));

  @Test
  void overdueRowsExplainUnderOrdered() throws Exception {
    Till till = new Overdue();
    fill(till, true);
    JsonNode found = compare(0, till);
    assertEquals(3, found.at("/compared/vectors").asLong(), found::toString);
    assertEquals(2, found.at("/compared/identical").asLong(), found::toString);
    assertEquals(1, found.at("/compared/explained").asLong(), found::toString);
    assertEquals(1, found.at("/inputs/0/overdue").asLong(), found::toString);
    assertEquals("p1", found.at("/differences/0/request").asText(), found::toString);
  }

  /** A stream goes on meanwhile: what it answers since then is of requests that weren't read. */
  @Test
  void vectorsOfRequestsThatCameMeanwhileAreCountedApart() throws Exception {
    Till till = new Running();
    fill(till, false);
    ParityRun run = new ParityRun(Definition.of(till, null), kafka.bootstrapServers(), false);
    ParityRun.Looked looked =
        run.look(
            null, folder, till.history(folder.resolve("running")).files(), InstantSource.system());
    Till.Payment later = payment("p3", TEN.plus(MINUTE.multipliedBy(55)));
    List<Till.Payment> all = new ArrayList<>(early);
    all.addAll(List.of(behind, later));
    try (var producer = servers.producer(Map.of())) {
      send(producer, till, 1, later);
      publish(producer, till, vectors(till, all).get("p3"));
    }
    ParityReport report =
        run.run(looked, LocalRunners.direct(1), Files.createDirectories(folder.resolve("work")));
    assertEquals(1, report.later(), report::toString);
    assertEquals(0, report.unasked(), report::toString);
    assertEquals(3, report.compared(), report::toString);
  }

  @Test
  void whatWasInFlightIsMissedUnderOnArrival() throws Exception {
    Till till = new AtOnce();
    fill(till, false);
    JsonNode found = compare(0, till);
    assertEquals(1, found.at("/compared/missed").asLong(), found::toString);
    assertEquals(0, found.at("/compared/differing").asLong(), found::toString);
    ParityServers.Run text = servers.parity(till, "--replay", "--runner", "direct");
    assertTrue(
        text.out().contains("missed: 1 vector; events were known, but not yet read"), text.out());
    JsonNode none =
        servers.compare(
            1, till, "--replay", "--runner", "direct", "--whole-from", "2030-01-01T00:00:00Z");
    assertEquals(3, none.at("/apart/before_log").asLong(), none::toString);
    ParityServers.Run other =
        servers.parity(till, "--replay", "--runner", "direct", "--emit", "ordered");
    other.check(4);
    assertTrue(other.err().contains("no vector in till_at_once.vectors is of this definition"));
    assertTrue(other.err().contains("there are 3 of another: "), other.err());
  }

  /** No event that was missed changes what the request itself says. */
  @Test
  void whatIsOfTheRequestAloneIsNeverMissed() throws Exception {
    Till till = new Changed();
    fill(till, false);
    JsonNode found = compare(1, till);
    assertEquals(1, found.at("/compared/differing").asLong(), found::toString);
    assertEquals(1, found.at("/compared/missed").asLong(), found::toString);
    assertEquals("amount", found.at("/differences/0/features/0/name").asText(), found::toString);
  }

  @Test
  void nothingExplainsTheRest() throws Exception {
    Till till = new InOrder();
    ParityServers.Run noTopic = servers.parity(till, "--replay");
    noTopic.check(5);
    assertTrue(noTopic.err().contains("has no topic till_in_order_payments"), noTopic.err());
    Topics topics = new Topics(kafka.bootstrapServers());
    topics.makeMissing(
        List.of(till.payments(), "till_in_order_refund", "till_in_order.vectors"), 2);
    ParityServers.Run near = servers.parity(till, "--replay");
    assertTrue(near.err().contains("there is till_in_order_refund"), near.err());
    topics.makeMissing(List.of(till.refunds()), 2);
    ParityServers.Run empty = servers.parity(till, "--replay");
    empty.check(4);
    assertTrue(empty.err().contains("till_in_order.vectors of Kafka"), empty.err());
    fill(till, false);
    JsonNode found = compare(1, till);
    assertEquals(1, found.at("/compared/differing").asLong(), found::toString);
    JsonNode feature = found.at("/differences/0/features/0");
    assertEquals("paid_2h", feature.get("name").asText(), found::toString);
    assertEquals("3", feature.get("batch").asText(), found::toString);
    assertEquals("2", feature.get("stream").asText(), found::toString);
    assertEquals(1, found.at("/compared/unanswered").asLong(), found::toString);
  }

  private static JsonNode compare(int code, Till till) throws Exception {
    return servers.compare(code, till, "--replay", "--runner", "direct");
  }

  /**
   * Records of two partitions, one of which isn't read as p1 is asked for.
   *
   * @param sameLog whether what was behind comes behind in the one partition, too
   */
  private void fill(Till till, boolean sameLog) throws Exception {
    new Topics(kafka.bootstrapServers())
        .makeMissing(List.of(till.payments(), till.refunds(), till.name() + ".vectors"), 2);
    boolean leavesOut = till instanceof InOrder;
    List<Till.Payment> all = new ArrayList<>(early);
    all.add(behind);
    Map<String, byte[]> seen = vectors(till, early);
    Map<String, byte[]> whole = vectors(till, all);
    try (var producer = servers.producer(Map.of())) {
      for (Till.Payment payment : early) {
        send(producer, till, 0, payment);
      }
      send(producer, till, sameLog ? 0 : 1, behind);
      for (int p = 0; p < 2; p++) {
        ProducerRecord<byte[], byte[]> clock =
            new ProducerRecord<>(
                till.payments(),
                p,
                TEN.plus(MINUTE.multipliedBy(60)).toEpochMilli(),
                new byte[0],
                new byte[0]);
        clock
            .headers()
            .add(RecordHeaders.CLOCK, RecordHeaders.number(RecordHeaders.LAST_CLOCK_MILLIS));
        producer.send(clock).get();
      }
      byte[] first = seen.get("p0");
      publish(producer, till, till instanceof Changed ? changed(till, first) : first);
      publish(producer, till, seen.get("p1"));
      if (!leavesOut) {
        publish(producer, till, whole.get("p2"));
      }
    }
  }

  private static Till.Payment payment(String id, Instant at) {
    return new Till.Payment(id, "card1", 7, at);
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, Till till, int partition, Till.Payment p)
      throws Exception {
    String json =
        "{\"id\":\"%s\",\"card\":\"%s\",\"amount\":%s,\"at\":\"%s\"}"
            .formatted(p.id(), p.card(), p.amount(), p.at());
    producer
        .send(
            new ProducerRecord<>(
                till.payments(),
                partition,
                p.at().toEpochMilli(),
                null,
                json.getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  private static void publish(KafkaProducer<byte[], byte[]> producer, Till till, byte[] vector)
      throws Exception {
    producer.send(new ProducerRecord<>(till.name() + ".vectors", vector)).get();
  }

  private static byte[] changed(Till till, byte[] message) {
    FeaturePlan plan = FeaturePlan.of(till.featureSet());
    FeatureVector vector = FeatureVectorCodec.fromBytes(message, plan.featureTypes());
    vector.values().setDouble(0, 8);
    return FeatureVectorCodec.toBytes(vector);
  }

  /** The messages of the vectors of payments, by their ids, when these are all there is. */
  private static Map<String, byte[]> vectors(Till till, List<Till.Payment> payments)
      throws Exception {
    Path of = Files.createTempDirectory(folder, "batch");
    Path file = of.resolve("payments.parquet");
    try (RecordParquetWriter<Till.Payment> writer =
        RecordParquetWriter.open(Till.Payment.class, file)) {
      for (Till.Payment payment : payments) {
        writer.write(payment);
      }
    }
    Map<String, List<Path>> files = new HashMap<>(till.history(of.resolve("history")).files());
    files.put(till.payments(), List.of(file));
    files.put(till.refunds(), List.of());
    Path out = of.resolve("out");
    Backfill.of(till.featureSet(), null, files, out, BackfillOptions.all())
        .run(LocalRunners.direct(1));
    Map<String, byte[]> vectors = new HashMap<>();
    TrainingSetReader.open(out)
        .forEach(
            row -> vectors.put(row.vector().requestId(), FeatureVectorCodec.toBytes(row.vector())));
    return vectors;
  }
}
