package dev.lockstep.cli.run;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.wire.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Draws records for a {@link HostileShop} that its stream can't use, each with the reason why. */
final class HostileRecords {
  /** A writer's schema of a type that holds itself. */
  static final String CHAIN =
      """
      {"type": "record", "name": "Order", "namespace": "chained", "fields": [
        {"name": "id", "type": "string"},
        {"name": "next", "type": ["null", "Order"]},
        {"name": "items", "type": {"type": "array", "items": "long"}}]}
      """;

  private static final String ORDERS = "orders";
  private static final String REFUNDS = "refunds";

  /** Large ones are some of many: the letters of all must fit on a small disk. */
  private static final int ONE_IN = 60;

  /**
   * A record to send.
   *
   * @param reason what the letter's reason must have
   * @param late whether it is late, and no dead letter
   * @param request the id of the request whose vector is refused; null where the record itself is
   */
  record Hostile(
      ProducerRecord<byte[], byte[]> record,
      String reason,
      boolean late,
      @Nullable String request) {
    Hostile(ProducerRecord<byte[], byte[]> record, String reason, boolean late) {
      this(record, reason, late, null);
    }
  }

  private final Random random;
  private final Instant now;
  private final EventEncoder json = encoder(EventEncoder.Format.JSON);
  private final EventEncoder avro = encoder(EventEncoder.Format.AVRO);
  private final long chain = SchemaNormalization.parsingFingerprint64(schema(CHAIN));
  private int drawn;

  HostileRecords(long seed, Instant now) {
    this.random = new Random(seed);
    this.now = now;
  }

  private static EventEncoder encoder(EventEncoder.Format format) {
    return new EventEncoder(RecordSchema.of(HostileShop.Order.class), format);
  }

  private static Schema schema(String text) {
    return new Schema.Parser().parse(text);
  }

  Hostile next() {
    drawn++;
    if (random.nextInt(ONE_IN) == 0) {
      return large();
    }
    return switch (random.nextInt(7)) {
      case 0 -> bytes();
      case 1 -> text();
      case 2 -> thrown();
      case 3 -> time();
      case 4 -> header();
      case 5 -> avroOfSorts();
      default -> field();
    };
  }

  private Hostile bytes() {
    byte[] noise = new byte[1 + random.nextInt(300)];
    random.nextBytes(noise);
    noise[0] = (byte) 0x81; // of no format
    return switch (random.nextInt(6)) {
      case 0 -> dead(ORDERS, null, "an empty message");
      case 1 -> dead(ORDERS, new byte[0], "an empty message");
      case 2 -> dead(REFUNDS, noise, "looks like");
      case 3 -> dead(ORDERS, new byte[] {0, 0, 0, 0, 7, 2, 2}, "framed for a schema registry");
      case 4 -> dead(ORDERS, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0}, "looks like gzip");
      default -> dead(ORDERS, utf8("<order/>"), "looks like XML");
    };
  }

  private Hostile text() {
    String whole = good();
    return switch (random.nextInt(5)) {
      case 0 ->
          dead(ORDERS, utf8(whole.substring(0, 1 + random.nextInt(whole.length() - 1))), "no JSON");
      case 1 -> dead(ORDERS, utf8(whole + "{}"), "something behind its JSON object");
      case 2 ->
          dead(
              ORDERS,
              utf8(with(whole, "\"x\":" + "[".repeat(100) + "]".repeat(100))),
              "beyond what is read");
      case 3 ->
          dead(
              ORDERS, utf8(with(whole, "\"amount\":1" + "0".repeat(2_000))), "beyond what is read");
      default -> dead(ORDERS, utf8(with(whole, "\"card\":\"twice\"")), "[card] is there twice");
    };
  }

  private Hostile thrown() {
    return switch (random.nextInt(5)) {
      case 0 -> dead(ORDERS, noted("exception"), "computed column risk threw IllegalState");
      case 1 -> dead(ORDERS, noted("overflow"), "computed column risk threw StackOverflowError");
      case 2 -> dead(ORDERS, noted("assertion"), "computed column risk threw AssertionError");
      case 3 -> dead(REFUNDS, noted("constructor"), "its constructor threw IllegalArgument");
      default -> dead(REFUNDS, noted("accessor"), "its accessor card() threw StackOverflow");
    };
  }

  private Hostile time() {
    long millis = now.toEpochMilli();
    String outside = "is not within 1990 to 2100";
    return switch (random.nextInt(8)) {
      case 0 -> stamped(millis * 1_000_000, outside);
      case 1 -> stamped(millis * 1_000, outside);
      case 2 -> stamped(random.nextInt(1_000_000), outside);
      case 3 -> dead(ORDERS, at(now.plusSeconds(4_000), now), "clock skew");
      case 4 -> dead(ORDERS, at(now, Instant.parse("+200000-01-01T00:00:00Z")), "[known]");
      case 5 -> dead(ORDERS, at(now, Instant.parse("+290000-01-01T00:00:00Z")), "[known]");
      case 6 -> late(at(now.minusSeconds(100 * 3_600), now));
      default -> late(at(Instant.parse("-290000-01-01T00:00:00Z"), now));
    };
  }

  private Hostile header() {
    boolean clock = random.nextBoolean();
    Hostile hostile =
        clock
            ? dead(ORDERS, utf8(good()), "a clock record of a replay on a live topic")
            : dead(ORDERS, utf8("[1]"), "looks like a JSON array");
    List<String> names =
        List.of(
            RecordHeaders.REASON,
            RecordHeaders.POSITION,
            RecordHeaders.LENGTH,
            RecordHeaders.CHECKSUM,
            RecordHeaders.INGESTED_AT,
            "",
            "\u0000\ud83d\ude00");
    for (String name : clock ? List.of(RecordHeaders.CLOCK) : names) {
      byte[] value = new byte[random.nextInt(20)];
      random.nextBytes(value);
      hostile.record.headers().add(name, random.nextInt(3) == 0 ? null : value);
    }
    return hostile;
  }

  private Hostile avroOfSorts() {
    byte[] whole = avro.encode(order("", now, now));
    return switch (random.nextInt(6)) {
      case 0 ->
          dead(ORDERS, Arrays.copyOf(whole, 10 + random.nextInt(whole.length - 10)), "no Avro of");
      case 1 -> {
        whole[2] ^= 1;
        yield dead(ORDERS, whole, "written by the schema");
      }
      case 2 -> dead(ORDERS, Arrays.copyOf(whole, 5), "ends within its header");
      case 3 -> dead(ORDERS, chained(-5, 0), "no Avro of chained.Order: a length of");
      case 4 -> dead(ORDERS, chained(10_000, 0), "more than 64 deep");
      default -> dead(ORDERS, chained(1, Long.MAX_VALUE), "no Avro of chained.Order: a block of");
    };
  }

  /** A message by {@link #CHAIN}; a negative depth for a text of a negative length. */
  private byte[] chained(int depth, long items) {
    ByteWriter out = new ByteWriter();
    for (int i = 0; i <= depth; i++) {
      out.writeString("x");
      out.writeSigned(i < depth ? 1 : 0);
    }
    for (int i = 0; i <= depth; i++) {
      out.writeSigned(items);
    }
    if (depth < 0) {
      out.writeSigned(depth);
      out.writeSigned(0);
    }
    byte[] body = out.toByteArray();
    return ByteBuffer.allocate(10 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 1)
        .putLong(chain)
        .put(body)
        .array();
  }

  private Hostile field() {
    String whole = good();
    return switch (random.nextInt(6)) {
      case 0 ->
          dead(ORDERS, utf8(whole.replace("\"amount\":1.5", "\"amount\":\"much\"")), "[amount]");
      case 1 -> dead(ORDERS, utf8(whole.replace("\"amount\":1.5", "\"amount\":null")), "[amount]");
      case 2 -> dead(ORDERS, utf8(whole.replaceFirst("\"id\":\"[^\"]*\"", "\"id\":null")), "no id");
      case 3 -> dead(ORDERS, utf8(whole.replace("\"hostile\"", "null")), "every key");
      case 4 -> dead(ORDERS, utf8(whole.replace("\"hostile\"", "\"\\ud800\"")), "[card]");
      default -> dead(ORDERS, utf8(whole.replace("\"hostile\"", "[[[]]]")), "[card]");
    };
  }

  private Hostile large() {
    String whole = good();
    String hundreds = "a".repeat(500_000 + random.nextInt(100_000));
    return switch (random.nextInt(10)) {
      case 0 -> {
        byte[] undecodable = new byte[1_048_400];
        Arrays.fill(undecodable, (byte) 0x81);
        yield dead(ORDERS, undecodable, "looks like text that is no JSON object");
      }
      case 1 -> dead(ORDERS, utf8(whole.replaceFirst("\"at\":\"", "\"at\":\"" + hundreds)), "[at]");
      case 2 ->
          dead(
              ORDERS,
              utf8(with(whole, "\"x\":" + "[".repeat(100_000) + "]".repeat(100_000))),
              "beyond what is read");
      case 3 ->
          dead(
              ORDERS,
              utf8(whole.replace("\"card\":\"hostile\"", "\"card\":\"" + hundreds + "\"")),
              "[card]");
      case 4 -> dead(ORDERS, utf8(whole.replaceFirst("\"id\":\"", "\"id\":\"" + hundreds)), "[id]");
      case 5 -> dead(ORDERS, new byte[5 << 20], "at most 1048576");
      case 6 -> {
        byte[] value = utf8(hundreds);
        yield new Hostile(
            new ProducerRecord<>(ORDERS, null, now.toEpochMilli(), value, value),
            "looks like text",
            false);
      }
      case 7 -> late(utf8(noted(hundreds, now.minusSeconds(100 * 3_600))));
      case 8 -> {
        Hostile hostile = dead(ORDERS, utf8("[1]"), "looks like a JSON array");
        hostile.record.headers().add(RecordHeaders.REASON, utf8(hundreds));
        yield hostile;
      }
      default -> {
        byte[] value = utf8(noted(hundreds + hundreds.substring(0, 400_000), now));
        yield new Hostile(
            new ProducerRecord<>(ORDERS, null, now.toEpochMilli(), null, value),
            "its vector has",
            false,
            "hostile" + drawn);
      }
    };
  }

  /** A usable order but for what is drawn, of a card that no good one has. */
  private HostileShop.Order order(String note, Instant at, Instant known) {
    return new HostileShop.Order("hostile" + drawn, "hostile", note, 1.5, at, known);
  }

  private String good() {
    return noted("", now);
  }

  private String noted(String note, Instant at) {
    return new String(json.encode(order(note, at, at)), StandardCharsets.UTF_8);
  }

  private byte[] noted(String note) {
    return utf8(noted(note, now));
  }

  private byte[] at(Instant at, Instant known) {
    return json.encode(order("", at, known));
  }

  private Hostile stamped(long millis, String reason) {
    return new Hostile(
        new ProducerRecord<>(ORDERS, null, millis, null, utf8(good())), reason, false);
  }

  private Hostile dead(String topic, byte @Nullable [] value, String reason) {
    return new Hostile(
        new ProducerRecord<>(topic, null, now.toEpochMilli(), null, value), reason, false);
  }

  private Hostile late(byte[] value) {
    return new Hostile(
        new ProducerRecord<>(ORDERS, null, now.toEpochMilli(), null, value), "lateness", true);
  }

  /** An object with one more field. */
  private static String with(String object, String field) {
    return object.substring(0, object.length() - 1) + "," + field + "}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
