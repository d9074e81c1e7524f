package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.read.HistoryFileException;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SpineException;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of a spine get what was known when they ask, and are no events (C15). */
class SpineBackfillTest {
  /** Keys, time and what a derived expression reads; no id. */
  record Question(String card, String merchant, Double amount, Instant at) {
    Shop.Swipe asSwipe() {
      return new Shop.Swipe(null, card, merchant, amount, null, 0, at);
    }
  }

  private static final Set<String> COLUMNS = Set.of("card", "merchant", "amount", "at");

  @TempDir Path folder;

  private static List<Question> questions(List<SourceRow> events, long seed) {
    Random random = new Random(seed);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      SourceRow event = events.get(random.nextInt(events.size()));
      long at =
          random.nextInt(10) == 0
              ? event.eventTimeMicros() + random.nextInt(40) * 86_400_000_000L // beyond the history
              : event.eventTimeMicros() + random.nextInt(3) * 1_000_000L;
      questions.add(
          new Question(
              random.nextInt(20) == 0 ? null : random.nextInt(9) == 0 ? "nobody" : "c-1",
              random.nextInt(20) == 0 ? null : "m-" + random.nextInt(4),
              random.nextInt(7) == 0 ? null : random.nextInt(90) / 2.0,
              Micros.toInstant(Math.max(0, at))));
    }
    return questions;
  }

  private List<String> backfill(
      FeatureSet<?> set, Map<String, List<Path>> files, Path spine, String output) {
    Backfill.of(
            set,
            null,
            files,
            folder.resolve(output),
            BackfillOptions.all().askedBy(List.of(spine)).shards(5))
        .run(LocalRunners.direct(2));
    List<String> rows = new ArrayList<>();
    for (LabelledVector row : TrainingSetReader.open(folder.resolve(output))) {
      String text = BackfillTest.text(row);
      assertTrue(text.matches("(?s)[0-9a-f]{8}#\\d+ .*"), text); // by the spine's file and row
      rows.add(text.substring(text.indexOf(' ')));
    }
    return rows.stream().sorted().toList();
  }

  @ParameterizedTest
  @CsvSource({"many,1", "many,2", "one,3"})
  void equalsTheDefinition(String keys, long seed) throws Exception {
    FeatureSet<?> set = keys.equals("many") ? Shop.SET : OneKeyBackfillTest.BY_ID;
    FeaturePlan plan = FeaturePlan.of(set);
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(1500);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> events = oracle.admitted(records);
    List<Question> questions =
        questions(events.stream().filter(e -> e.eventTimeMicros() > 0).toList(), seed);
    List<SourceRow> spine =
        questions.stream()
            .map(q -> oracle.asked(q.asSwipe(), COLUMNS))
            .flatMap(Optional::stream)
            .toList();
    List<String> expected =
        oracle.vectors(events, spine).stream()
            .map(BackfillTest::text)
            .map(t -> t.substring(t.indexOf(' ')))
            .sorted()
            .toList();

    List<String> actual =
        backfill(
            set,
            ShopHistory.write(folder.resolve("history"), plan, records),
            ShopHistory.write(folder.resolve("spine.parquet"), Question.class, questions),
            "out");

    assertTrue(expected.size() > 100, "seed " + seed);
    BackfillTest.assertSame(expected, actual, "seed " + seed);
  }

  record Keyless(String merchant, Instant at) {}

  record Mistyped(String card, String merchant, boolean amount, Instant at) {}

  @Test
  void namesAllThatASpineLacks() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SET);
    Map<String, List<Path>> files = ShopHistory.write(folder.resolve("history"), plan, List.of());
    Path spine =
        ShopHistory.write(
            folder.resolve("spine.parquet"),
            Keyless.class,
            List.of(new Keyless("m", Instant.EPOCH)));
    SpineException refused =
        assertThrows(SpineException.class, () -> backfill(Shop.SET, files, spine, "out"));
    assertTrue(refused.getMessage().contains("[card]"), refused.getMessage());
    assertTrue(refused.getMessage().contains("[amount]"), refused.getMessage());
    assertTrue(refused.getMessage().contains("cure: add the missing ones"), refused.getMessage());
  }

  @Test
  void namesAColumnOfAnotherType() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SET);
    Map<String, List<Path>> files = ShopHistory.write(folder.resolve("history"), plan, List.of());
    Path spine =
        ShopHistory.write(
            folder.resolve("spine.parquet"),
            Mistyped.class,
            List.of(new Mistyped("c", "m", true, Instant.EPOCH)));
    HistoryFileException refused =
        assertThrows(HistoryFileException.class, () -> backfill(Shop.SET, files, spine, "out"));
    assertEquals(
        "the spine "
            + spine
            + " doesn't fit the requests of swipes: column [amount BOOLEAN] can't be read as DOUBLE,"
            + " expected FLOAT, DOUBLE, DECIMAL, integers, or text of numbers (make the component a"
            + " boolean, or write it so). Its columns are: [card BINARY (string), merchant BINARY"
            + " (string), amount BOOLEAN, at INT64 (timestamp(micros,true))]. Give these columns the"
            + " expected types, or give other files",
        refused.getMessage());
  }

  @Test
  void tellsOfTimesOutsideTheHistory() throws Exception {
    FeaturePlan plan = FeaturePlan.of(OneKeyBackfillTest.BY_ID);
    Shop.Swipe only =
        new Shop.Swipe("s", "c", "m", 1.0, null, 1, Instant.parse("2026-03-01T12:00:00Z"));
    Map<String, List<Path>> files =
        ShopHistory.write(
            folder.resolve("history"),
            plan,
            List.of(new RecordedEvent(0, only, RecordedEvent.NO_RECORD_TIMESTAMP, 0)));
    assertEquals(
        "the spine asks from 2026-03-02T12:00:00Z to 2026-03-02T12:00:00Z, the history goes from"
            + " 2026-03-01T12:00:00Z to 2026-03-01T12:00:00Z: who asks outside gets features of what"
            + " is there, mostly empty\n    cure: check the spine's times (zone, unit), or give more"
            + " history",
        asked(files, Instant.parse("2026-03-02T12:00:00Z"), "behind").outsideHistory());
    assertNull(asked(files, Instant.parse("2026-03-01T12:00:00Z"), "inside").outsideHistory());
  }

  @ParameterizedTest
  @CsvSource({"one,direct", "many,direct", "many,flink"})
  void countsEntitiesThatNothingWasKnownOf(String keys, String runner) throws Exception {
    FeatureSet<?> set = keys.equals("many") ? Shop.SET : OneKeyBackfillTest.BY_ID;
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    List<RecordedEvent> events = new ArrayList<>();
    for (String card : List.of("early", "late", "unasked")) {
      Shop.Swipe swipe = new Shop.Swipe(card, card, "m", 1.0, null, 1, noon);
      events.add(new RecordedEvent(0, swipe, RecordedEvent.NO_RECORD_TIMESTAMP, 0));
    }
    Path spine =
        ShopHistory.write(
            folder.resolve("spine.parquet"),
            Question.class,
            List.of(
                new Question("early", "m", 1.0, noon.plusSeconds(1)),
                new Question("early", "m", 1.0, noon.minusSeconds(1)), // known once: known
                new Question("late", "m", 1.0, noon.minusSeconds(60)), // before anything came
                new Question("typo", "m", 1.0, noon.plusSeconds(60)),
                new Question("typo", "m", 1.0, noon.plusSeconds(90)),
                new Question(null, "m", 1.0, noon)));
    BackfillSummary summary =
        Backfill.of(
                set,
                null,
                ShopHistory.write(folder.resolve("history"), FeaturePlan.of(set), events),
                folder.resolve("out"),
                BackfillOptions.all().askedBy(List.of(spine)).shards(3))
            .run(
                runner.equals("flink")
                    ? LocalRunners.flink(2, 64, folder.resolve("runner"))
                    : LocalRunners.direct(1));
    Map<String, Long> counts = summary.manifest().counts();
    assertEquals(2, counts.get("unknownEntities/card"), counts.toString());
    // Fees of merchants come from settlements: of "m" nothing is known.
    assertEquals(
        keys.equals("many") ? 1L : null, counts.get("unknownEntities/merchant"), counts.toString());
  }

  private BackfillSummary asked(Map<String, List<Path>> files, Instant at, String name)
      throws Exception {
    Path spine =
        ShopHistory.write(
            folder.resolve(name + ".parquet"),
            Question.class,
            List.of(new Question("c", "m", 1.0, at)));
    return Backfill.of(
            OneKeyBackfillTest.BY_ID,
            null,
            files,
            folder.resolve(name),
            BackfillOptions.all().askedBy(List.of(spine)))
        .run(LocalRunners.direct(1));
  }
}
