package dev.lockstep.intake;

import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Column;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.RecordCode;
import dev.lockstep.define.Sensitive;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** C17: what a row is, whatever brings it. */
class RowIntakeTest {
  private static final Instant T = Instant.parse("2025-01-01T00:00:00Z");
  private static final String AT = "2025-01-01T00:00:00Z";
  private static final Entity<String> CARD = Entity.string("card");

  record Txn(String id, String card, double amount, int qty, float price, Instant at) {}

  @RecordCode(version = 1)
  record Strict(String id, String card, double amount, int qty, float price, Instant at) {
    Strict {
      if (amount < 0) {
        throw new IllegalArgumentException("negative amount: " + amount);
      }
      card = card.toLowerCase(Locale.ROOT);
    }
  }

  @RecordCode(version = 1)
  record Secret(@Sensitive String card, int pin, Instant at) {
    Secret {
      if (pin < 0) {
        throw new IllegalArgumentException("pin of " + card);
      }
    }
  }

  record Money(String id, BigDecimal amount, long whole, byte small, boolean ok, Instant at) {}

  @RecordCode(version = 1)
  record Moody(String id, int pin, Instant at) {
    public int pin() {
      if (pin < 0) {
        throw new IllegalStateException("no pin");
      }
      return pin;
    }
  }

  private static final EventSource<Txn> TXNS =
      EventSource.of(Txn.class).named("txns").id(Txn::id).eventTime(Txn::at);

  private static EventSource<Txn> txns() {
    return TXNS;
  }

  private static RowIntake plain() {
    return intake(
        FeatureSet.named("s")
            .forEach(txns())
            .request("amount", Txn::amount)
            .request("qty", Txn::qty)
            .request("price", Txn::price)
            .request("card", Txn::card));
  }

  private static RowIntake strict() {
    return intake(
        FeatureSet.named("s")
            .forEach(
                EventSource.of(Strict.class).named("txns").id(Strict::id).eventTime(Strict::at))
            .request("amount", Strict::amount)
            .request("card", Strict::card));
  }

  private static RowIntake intake(FeatureSet<?> set) {
    FeaturePlan plan = FeaturePlan.of(set);
    return RowIntake.of(plan, plan.sources().get(0));
  }

  /** The fields of a usual row, but for those that a test gives itself. */
  private static SourceRow row(RowIntake intake, Consumer<Fields> own, String... given) {
    Fields fields = intake.begin();
    own.accept(fields);
    text(fields, "id", "i1", given);
    text(fields, "card", "Card 1", given);
    if (!List.of(given).contains("amount") && fields.indexOf("amount") >= 0) {
      fields.floating(fields.indexOf("amount"), 1.5);
    }
    if (!List.of(given).contains("qty") && fields.indexOf("qty") >= 0) {
      fields.integer(fields.indexOf("qty"), 3);
    }
    if (!List.of(given).contains("price") && fields.indexOf("price") >= 0) {
      fields.floating(fields.indexOf("price"), 0.1);
    }
    text(fields, "at", AT, given);
    return intake.admit(Admission.NO_RECORD_TIMESTAMP, 0, 0);
  }

  private static void text(Fields fields, String name, String value, String... given) {
    if (!List.of(given).contains(name) && fields.indexOf(name) >= 0) {
      fields.text(fields.indexOf(name), value);
    }
  }

  private static Object value(RowIntake intake, SourceRow row, String column) {
    for (int c = 0; c < intake.source().columns().size(); c++) {
      if (intake.source().columns().get(c).name().equals(column)) {
        return row.values().get(c);
      }
    }
    throw new AssertionError(column);
  }

  private static String refusal(RowIntake intake, Consumer<Fields> own, String... given) {
    return assertThrows(DataException.class, () -> row(intake, own, given)).getMessage();
  }

  @Test
  void fieldsInAnyOrderAreARecordsValues() {
    RowIntake intake = plain();
    SourceRow read = row(intake, f -> {});
    Values made = intake.values(new Txn("i1", "Card 1", 1.5, 3, 0.1f, T)).copy();
    assertEquals(made, row(intake, f -> {}).values());
    assertEquals((double) 0.1f, value(intake, read, "price"));
  }

  @Test
  void onlyWhatIsNeededIsAField() {
    RowIntake few = intake(FeatureSet.named("s").forEach(txns()).request("qty", Txn::qty));
    assertEquals(-1, few.fields().indexOf("amount"));
    assertEquals(3, few.fields().size());
    // A record with code of its own is made whole.
    assertEquals(6, strict().fields().size());
  }

  @Test
  void nullsAndMissingFields() {
    assertEquals(
        "[amount] is null or missing, which a component of type double can't be",
        refusal(plain(), f -> f.nul(f.indexOf("amount")), "amount"));
    assertEquals(
        "[qty] is null or missing, which a component of type int can't be",
        refusal(plain(), f -> {}, "qty"));
    RowIntake intake = plain();
    assertEquals(null, value(intake, row(intake, f -> {}, "card"), "card"));
  }

  @Test
  void theFirstFaultInTheRecordsOrderIsTheReason() {
    assertTrue(
        refusal(plain(), f -> f.text(f.indexOf("qty"), "many"), "qty", "amount")
            .startsWith("[amount]"));
  }

  @Test
  void width() {
    assertEquals(
        "[qty] is 3000000000, which a component of type int can't hold",
        refusal(plain(), f -> f.integer(f.indexOf("qty"), 3_000_000_000L), "qty"));
    assertEquals(
        "[qty] is the number 2.5 where a value of type int is expected",
        refusal(plain(), f -> f.floating(f.indexOf("qty"), 2.5), "qty"));
    RowIntake intake = plain();
    assertEquals(
        2L, value(intake, row(intake, f -> f.floating(f.indexOf("qty"), 2.0), "qty"), "qty"));
    assertEquals(
        20L,
        value(
            intake,
            row(intake, f -> f.decimal(f.indexOf("qty"), new BigDecimal("2e1")), "qty"),
            "qty"));
  }

  @Test
  void floatsAreRoundedOnce() {
    RowIntake intake = plain();
    // Rounded to a double first, this would become the float above.
    BigDecimal decimal = new BigDecimal("1.00000005960464477540");
    float once = decimal.floatValue();
    assertEquals(
        (double) once,
        value(intake, row(intake, f -> f.decimal(f.indexOf("price"), decimal), "price"), "price"));
    assertEquals(
        (double) once,
        value(
            intake,
            row(intake, f -> f.text(f.indexOf("price"), decimal.toString()), "price"),
            "price"));
  }

  @Test
  void notFiniteNumbersAreNullAndCounted() {
    RowIntake intake = plain();
    for (Consumer<Fields> given :
        List.<Consumer<Fields>>of(
            f -> f.floating(f.indexOf("amount"), Double.NaN),
            f -> f.text(f.indexOf("amount"), "NaN"),
            f -> f.text(f.indexOf("amount"), "1e400"),
            f -> f.decimal(f.indexOf("amount"), new BigDecimal("1e400")))) {
      assertEquals(null, value(intake, row(intake, given, "amount"), "amount"));
      assertEquals(1, intake.takeNotFinite());
    }
    row(intake, f -> f.floating(f.indexOf("price"), 1e300), "price");
    assertEquals(1, intake.takeNotFinite());
  }

  @Test
  void aRecordsOwnCode() {
    RowIntake intake = strict();
    assertEquals("card 1", value(intake, row(intake, f -> {}), "card"));
    assertEquals(
        "Strict can't be made of it: its constructor threw IllegalArgumentException: negative"
            + " amount: -4.5",
        refusal(intake, f -> f.floating(f.indexOf("amount"), -4.5), "amount"));
    // It sees NaN, and is asked for all of its components.
    assertEquals(
        null,
        value(
            intake,
            row(intake, f -> f.floating(f.indexOf("amount"), Double.NaN), "amount"),
            "amount"));
    assertEquals(1, intake.takeNotFinite());
    assertTrue(refusal(intake, f -> {}, "qty").startsWith("[qty] is null or missing"));
    assertTrue(refusal(intake, f -> {}, "card").contains("threw NullPointerException"));
  }

  @Test
  void computedColumns() {
    FeatureSet<?> set =
        FeatureSet.named("s")
            .forEach(txns())
            .with(
                FeatureView.named("v")
                    .over(txns())
                    .by(CARD, Txn::card)
                    .feature(
                        "x",
                        sum(Column.computed(
                                "each",
                                1,
                                Double.class,
                                Txn::amount,
                                Txn::qty,
                                (a, q) -> a / (q - 7)))
                            .over(last(Duration.ofHours(1)))));
    RowIntake intake = intake(set);
    assertEquals(-1, intake.fields().indexOf("price"));
    assertEquals(-0.375, value(intake, row(intake, f -> {}), "each"));
    RowIntake whole =
        intake(
            FeatureSet.named("s")
                .forEach(txns())
                .request("y", Column.computed("y", 1, Long.class, t -> (long) (10 / t.qty()))));
    assertEquals(6, whole.fields().size());
    assertEquals(
        "Txn can't be made of it: computed column y threw ArithmeticException: / by zero",
        refusal(whole, f -> f.integer(f.indexOf("qty"), 0), "qty"));
  }

  /** C13: what own code throws is the row's fault, but what the next row would meet as well. */
  @Test
  void errorsOfOwnCodeAreTheRowsButNotThoseOfTheMachine() {
    assertEquals(
        "Txn can't be made of it: computed column y threw StackOverflowError",
        thrownAt(new StackOverflowError()).getMessage());
    assertEquals(
        "Txn can't be made of it: computed column y threw AssertionError: never",
        thrownAt(new AssertionError("never")).getMessage());
    String reason = thrownAt(new IllegalStateException("x".repeat(300_000))).getMessage();
    assertTrue(reason.endsWith("x... (300000 characters)"), reason);
    assertTrue(reason.length() < 400, reason);
    IllegalStateException missing =
        assertThrows(
            IllegalStateException.class, () -> thrownAt(new NoClassDefFoundError("a/Helper")));
    assertTrue(
        missing.getMessage().contains("computed column y needs a class that can't be had"),
        missing.getMessage());
    assertThrows(OutOfMemoryError.class, () -> thrownAt(new OutOfMemoryError("none is left")));
  }

  private static DataException thrownAt(Throwable thrown) {
    RowIntake intake =
        intake(
            FeatureSet.named("s")
                .forEach(txns())
                .request(
                    "y",
                    Column.computed(
                        "y",
                        1,
                        Long.class,
                        Txn::qty,
                        qty -> RowIntakeTest.<Long, Error>sneak(thrown))));
    try {
      row(intake, f -> {});
    } catch (DataException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }

  @SuppressWarnings("unchecked") // so that code may throw anything
  private static <R, E extends Throwable> R sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void textAndTypes() {
    assertEquals(
        "[card] has half a surrogate pair, which is no text",
        refusal(plain(), f -> f.text(f.indexOf("card"), "a\ud800"), "card"));
    assertEquals(
        "[card] is the number 7 where a value of type text is expected",
        refusal(plain(), f -> f.integer(f.indexOf("card"), 7), "card"));
    assertEquals(
        "[at]: 1735689600000 is not within 1990 to 2100 in microseconds, but it is in milliseconds:"
            + " declare epochUnit(MILLIS) on the source, or write ISO 8601 text",
        refusal(plain(), f -> f.integer(f.indexOf("at"), 1_735_689_600_000L), "at"));
    assertEquals("[qty] is there twice", refusal(plain(), f -> f.integer(f.indexOf("qty"), 1)));
  }

  @Test
  void decimalsAndNarrowIntegers() {
    RowIntake intake =
        intake(
            FeatureSet.named("s")
                .forEach(EventSource.of(Money.class).named("m").eventTime(Money::at))
                .request("amount", Money::amount)
                .request("whole", Money::whole)
                .request("small", Money::small)
                .request("ok", Money::ok));
    Fields f = intake.begin();
    f.decimal(f.indexOf("amount"), new BigDecimal("1.500000000000000000"));
    f.decimal(f.indexOf("whole"), new BigDecimal("9223372036854775807.0"));
    f.integer(f.indexOf("small"), -128);
    f.bool(f.indexOf("ok"), true);
    f.text(f.indexOf("at"), AT);
    Values values = intake.values();
    assertEquals(new BigDecimal("1.5"), values.get(1));
    assertEquals(Long.MAX_VALUE, values.get(2));
    Fields g = intake.begin();
    g.floating(g.indexOf("amount"), 1.5);
    assertTrue(
        assertThrows(DataException.class, intake::values)
            .getMessage()
            .startsWith("[amount]: a double can't become a decimal exactly"));
    Fields h = intake.begin();
    h.decimal(h.indexOf("amount"), BigDecimal.ONE);
    h.decimal(h.indexOf("whole"), new BigDecimal("9223372036854775808"));
    assertEquals(
        "[whole] is 9223372036854775808, which a component of type long can't hold",
        assertThrows(DataException.class, intake::values).getMessage());
  }

  @Test
  void sensitiveValuesAreNotShown() {
    RowIntake intake =
        intake(
            FeatureSet.named("s")
                .forEach(EventSource.of(Secret.class).named("m").eventTime(Secret::at))
                .request("pin", Secret::pin));
    Fields f = intake.begin();
    f.integer(f.indexOf("card"), 4_711);
    assertEquals(
        "[card] is a value that isn't shown where a value of type text is expected",
        assertThrows(DataException.class, intake::values).getMessage());
    Fields g = intake.begin();
    g.text(g.indexOf("card"), "4711");
    g.integer(g.indexOf("pin"), -1);
    g.text(g.indexOf("at"), AT);
    assertEquals(
        "Secret can't be made of it: its constructor threw IllegalArgumentException",
        assertThrows(DataException.class, intake::values).getMessage());
  }

  /** A record that a program made is the row that a file would have given. */
  @Test
  void whatAnAccessorThrowsMattersWhereItIsAsked() {
    FeatureSet<Moody> set =
        FeatureSet.named("s").forEach(EventSource.of(Moody.class).named("m").eventTime(Moody::at));
    RowIntake ids = intake(set.request("id", Moody::id));
    Fields f = ids.begin();
    f.text(f.indexOf("id"), "a");
    f.integer(f.indexOf("pin"), -1);
    f.text(f.indexOf("at"), AT);
    Values read = ids.values().copy();
    assertEquals(read, ids.values(new Moody("a", -1, T)));
    RowIntake pins = intake(set.request("pin", Moody::pin));
    assertEquals(
        "Moody can't be made of it: its accessor pin() threw IllegalStateException: no pin",
        assertThrows(DataException.class, () -> pins.values(new Moody("a", -1, T))).getMessage());
  }
}
