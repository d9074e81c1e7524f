package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C17: a record is the same row as itself, as JSON, as Avro of its own and of others' schemas. */
class MessagePropertyTest {
  private static final long SEED = 20261130;
  private static final int RECORDS = 2_000;

  record Fact(
      @Nullable String id,
      int place,
      @Nullable Long count,
      short few,
      @Nullable Byte fewer,
      double heat,
      @Nullable Float wet,
      @Nullable BigDecimal price,
      @Nullable Boolean open,
      @Nullable Instant at,
      Optional<String> note,
      Optional<Double> rate,
      @Nullable Kind kind,
      Optional<Kind> before,
      @Nullable UUID device,
      @Nullable LocalDate day) {}

  enum Kind {
    NEAR,
    FAR {
      @Override
      public String toString() {
        return "far away";
      }
    }
  }

  @Test
  void everyWayGivesTheSameRow() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    MessageDoor own = MessageDoor.of(Fact.class);
    EventEncoder json = new EventEncoder(own.schema, EventEncoder.Format.JSON);
    EventEncoder avro = new EventEncoder(own.schema, EventEncoder.Format.AVRO);
    long notFinite = 0;
    for (int i = 0; i < RECORDS; i++) {
      Fact fact = fact(random);
      Values expected = own.intake.values(fact).copy();
      long counted = own.intake.takeNotFinite();
      notFinite += counted;
      String where = "seed " + SEED + ", record " + i + ": " + fact;
      assertEquals(expected, own.read(json.encode(fact)), where);
      assertEquals(counted, own.intake.takeNotFinite(), where);
      assertEquals(expected, own.read(avro.encode(fact)), where);
      assertEquals(counted, own.intake.takeNotFinite(), where);
      if (i % 10 == 0) {
        OtherWriter other = OtherWriter.of(own.schema, random);
        MessageDoor door = MessageDoor.of(Fact.class, List.of(other.schemaText()));
        assertEquals(
            expected, door.read(other.encode(fact)), () -> where + " by " + other.schemaText());
        assertEquals(counted, door.intake.takeNotFinite(), where);
      }
    }
    assertTrue(notFinite > RECORDS / 20, "not finite: " + notFinite);
  }

  private static Fact fact(SplittableRandom random) {
    return new Fact(
        random.nextInt(5) == 0 ? null : text(random),
        random.nextInt(),
        random.nextInt(5) == 0 ? null : random.nextLong() >> random.nextInt(64),
        (short) random.nextInt(),
        random.nextBoolean() ? null : (byte) random.nextInt(),
        number(random),
        random.nextBoolean() ? null : (float) number(random),
        random.nextInt(4) == 0 ? null : price(random),
        random.nextInt(3) == 0 ? null : random.nextBoolean(),
        random.nextInt(4) == 0
            ? null
            : Instant.ofEpochMilli(random.nextLong(700_000_000_000L, 4_000_000_000_000L)),
        random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
        random.nextBoolean() ? Optional.empty() : Optional.of(number(random)),
        random.nextInt(4) == 0 ? null : Kind.values()[random.nextInt(2)],
        random.nextBoolean() ? Optional.empty() : Optional.of(Kind.FAR),
        random.nextInt(4) == 0 ? null : new UUID(random.nextLong(), random.nextLong()),
        random.nextInt(4) == 0 ? null : LocalDate.ofEpochDay(random.nextInt(-9_000, 50_000)));
  }

  private static BigDecimal price(SplittableRandom random) {
    return BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), 6);
  }

  private static double number(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 ->
          List.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE, 1e300)
              .get(random.nextInt(5));
      case 1 -> random.nextInt(1_000);
      case 2 -> (float) random.nextDouble();
      case 3 -> Double.longBitsToDouble(random.nextLong());
      default -> Math.rint(random.nextDouble() * 1e6) / 100;
    };
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      text.appendCodePoint(
          switch (random.nextInt(8)) {
            case 0 -> random.nextInt(0xE000, 0x110000);
            case 1 -> random.nextInt(0, 0xD800);
            case 2 -> "\"\\/\n\t\u0000\u007f{".charAt(random.nextInt(8));
            default -> random.nextInt(' ', 127);
          });
    }
    return text.toString();
  }
}
