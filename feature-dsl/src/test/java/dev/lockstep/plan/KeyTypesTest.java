package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.RecordCode;
import dev.lockstep.define.Sensitive;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C7 and C17: enums, UUIDs, days and booleans as components and as parts of keys. */
class KeyTypesTest {
  enum Tier {
    GOLD,
    WOOD {
      @Override
      public String toString() {
        return "wood!";
      }
    }
  }

  enum Other {
    GOLD
  }

  record Leg(
      String from,
      String to,
      LocalDate day,
      int number,
      boolean express,
      Tier tier,
      Optional<UUID> order,
      double price,
      BigDecimal fee,
      Instant at) {}

  private static final EventSource<Leg> LEGS =
      EventSource.of(Leg.class).named("legs").eventTime(Leg::at);

  private static FeaturePlan plan(FeatureView<Leg> view) {
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(LEGS)
            .with(view.feature("legs", count().over(last(hours(1))))));
  }

  private static FeatureView.Over<Leg> over() {
    return FeatureView.named("v").over(LEGS);
  }

  private static @Nullable String key(FeatureView<Leg> view, Leg leg) {
    FeaturePlan plan = plan(view);
    Values row = RowIntake.of(plan, plan.requestSource()).values(leg);
    return EntityKeys.of(row, plan.branches().get(0).eventKey());
  }

  private static Leg leg(@Nullable Tier tier, @Nullable LocalDate day) {
    return new Leg(
        "a|b",
        "c\\",
        day,
        -7,
        true,
        tier,
        Optional.of(new UUID(0, 0xABC)),
        1,
        BigDecimal.ONE,
        Instant.EPOCH);
  }

  private static final Entity<Entity.Triple<String, String, LocalDate>> LEG =
      Entity.of("leg", String.class, String.class, LocalDate.class);
  private static final Entity<Entity.Quadruple<Integer, Boolean, Tier, LocalDate>> FOUR =
      Entity.of("four", int.class, boolean.class, Tier.class, LocalDate.class);
  private static final Entity<Entity.Parts> FIVE =
      Entity.of("five", Number.class, Boolean.class, Tier.class, LocalDate.class, UUID.class);

  @Test
  void eachTypeHasOneText() {
    LocalDate day = LocalDate.of(2026, 1, 31);
    Leg leg = leg(Tier.WOOD, day);
    assertEquals("a\\|b|c\\\\|2026-01-31", key(over().by(LEG, Leg::from, Leg::to, Leg::day), leg));
    assertEquals(
        "-7|true|WOOD|2026-01-31",
        key(over().by(FOUR, Leg::number, Leg::express, Leg::tier, Leg::day), leg));
    assertEquals(
        "-7|true|WOOD|2026-01-31|00000000-0000-0000-0000-000000000abc",
        key(over().by(FIVE, Leg::number, Leg::express, Leg::tier, Leg::day, Leg::order), leg));
    assertEquals("-7", key(over().by(Entity.integer("n"), Leg::number), leg));
    assertEquals("c\\", key(over().by(Entity.string("to"), Leg::to), leg));
    assertEquals(
        "+12026-01-31",
        key(
            over().by(Entity.of("day", LocalDate.class), Leg::day),
            leg(Tier.GOLD, day.plusYears(10_000))));
    assertNull(
        key(over().by(FOUR, Leg::number, Leg::express, Leg::tier, Leg::day), leg(null, day)));
  }

  private static void assertErrors(FeatureView<Leg> view, String expected) {
    assertEquals(
        expected,
        assertThrows(DefinitionException.class, () -> plan(view)).errors().stream()
            .map(DefinitionError::toString)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void typesThatCannotBeKeys() {
    assertErrors(
        over().by(Entity.of("price", double.class), Leg::price),
        """
        entity price: its key is a double, which can't be one
            cure: key it by an id, or by a whole number made of it: Column.computed("cents", 1, Long.class, Record::price, price -> ...)
        """);
    assertErrors(
        over().by(Entity.of("moment", String.class, Instant.class), Leg::from, Leg::at),
        """
        entity moment: its key is an Instant, which can't be one
            cure: key it by a LocalDate, or by an integer that counts hours or minutes: Column.computed("hour", 1, Long.class, Record::at, at -> ...)
        """);
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // as somebody without the compiler's help
  void columnsThatAreNotWhatTheEntityIs() {
    assertErrors(
        over().by(Entity.of("tier", Other.class), (Column) (Column<Leg, Tier>) Leg::tier),
        """
        view v: the key of entity tier is the enum Other, but [tier] is the enum Tier
            cure: key it by a column that is the enum Other
        """);
    assertErrors(
        over().by(FIVE, Leg::number, Leg::express, Leg::tier, Leg::at, Leg::from),
        """
        view v: the key of entity five, part 4, is a LocalDate, but [at] is an Instant
            cure: key it by a column that is a LocalDate
        view v: the key of entity five, part 5, is a UUID, but [from] is text
            cure: key it by a column that is a UUID
        """);
    assertErrors(
        over().by(FIVE, Leg::number, Leg::express),
        """
        view v: the key of entity five has 5 parts, but is given by 2 columns
            cure: name one column for each part: [an integer, a boolean, the enum Tier, a LocalDate, a UUID]
        """);
  }

  @RecordCode(version = 1)
  record Strict(Tier tier, Optional<UUID> order, LocalDate day, Optional<Tier> last, Instant at) {
    Strict {
      if (tier == Tier.WOOD && order.isPresent() && day.getYear() == 2026) {
        tier = last.orElse(Tier.GOLD);
      }
    }
  }

  private static RowIntake strict() {
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(EventSource.of(Strict.class).named("strict").eventTime(Strict::at))
                .request("tier", Strict::tier)
                .request("order", Strict::order)
                .request("day", Strict::day)
                .request("last", Strict::last));
    return RowIntake.of(plan, plan.requestSource());
  }

  private static Values values(RowIntake intake, List<String> texts) {
    var fields = intake.begin();
    List<String> names = List.of("tier", "order", "day", "last", "at");
    for (int i = 0; i < texts.size(); i++) {
      fields.text(fields.indexOf(names.get(i)), texts.get(i));
    }
    return intake.values();
  }

  private static @Nullable Object value(RowIntake intake, Values row, String column) {
    List<ColumnPlan> columns = intake.source().columns();
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c).name().equals(column)) {
        return row.get(c);
      }
    }
    throw new AssertionError(column);
  }

  @Test
  void aRecordWithCodeGetsTheRealTypes() {
    RowIntake intake = strict();
    String order = "123E4567-E89B-12D3-A456-426614174000";
    Values row = values(intake, List.of("WOOD", order, "2026-01-31", "WOOD", "2026-01-01T00:00Z"));
    assertEquals("WOOD", value(intake, row, "tier"));
    assertEquals("123e4567-e89b-12d3-a456-426614174000", value(intake, row, "order"));
    assertEquals(Instant.parse("2026-01-31T00:00:00Z"), value(intake, row, "day"));
    assertEquals("WOOD", value(intake, row, "last"));
  }

  private static String refused(RowIntake intake, String tier, String order, String day) {
    return String.valueOf(
        assertThrows(DataException.class, () -> values(intake, List.of(tier, order, day, "GOLD")))
            .getMessage());
  }

  @Test
  void whatIsNoneIsADataErrorThatSaysWhatIs() {
    RowIntake intake = strict();
    String order = "123e4567-e89b-12d3-a456-426614174000";
    assertEquals(
        "[tier] is the text \"wood!\" where a value of type enum (GOLD, WOOD) is expected",
        refused(intake, "wood!", order, "2026-01-31"));
    assertEquals(
        "[order] is the text \"1-2-3-4-5\" where a value of type uuid is expected",
        refused(intake, "GOLD", "1-2-3-4-5", "2026-01-31"));
    assertEquals(
        "[day]: \"2026-01-31T00:00Z\" is no ISO 8601 date, such as 2025-01-31",
        refused(intake, "GOLD", order, "2026-01-31T00:00Z"));
  }

  record Secret(@Sensitive Tier tier, @Sensitive LocalDate day, Instant at) {}

  @Test
  void aSensitiveValueIsNotShown() {
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(EventSource.of(Secret.class).named("secrets").eventTime(Secret::at))
                .request("tier", Secret::tier)
                .request("day", Secret::day));
    RowIntake intake = RowIntake.of(plan, plan.requestSource());
    var fields = intake.begin();
    fields.text(fields.indexOf("tier"), "SILVER");
    fields.text(fields.indexOf("day"), "yesterday");
    assertEquals(
        "[tier] is a value that isn't shown where a value of type enum (GOLD, WOOD) is expected",
        assertThrows(DataException.class, intake::values).getMessage());
  }

  record First(Tier tier, Instant at) {}

  record Second(Other tier, Instant at) {}

  /** C14: what an enum knows decides which rows can be read. */
  @Test
  void constantsCountInTheFingerprint() {
    assertEquals("enum(GOLD,WOOD)?", RecordSchema.of(First.class).components().get(0).width());
    assertEquals("enum(GOLD)?", RecordSchema.of(Second.class).components().get(0).width());
    assertEquals("date?", RecordSchema.of(Leg.class).components().get(2).width());
    assertEquals("uuid?", RecordSchema.of(Leg.class).components().get(6).width());
  }
}
