package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training set by days: six days and one more give the rows of all seven at once (C12). */
class DailyBackfillTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final int DAYS = 7;
  private static final int PER_DAY = 300;
  private static final long SEED = 20261125;

  @TempDir Path folder;

  private final Map<String, List<Path>> files = new TreeMap<>();

  @BeforeEach
  void aFileADay() throws Exception {
    Random random = new Random(SEED);
    List<Path> swipes = new ArrayList<>();
    for (int d = 0; d < DAYS; d++) {
      Instant start = start(FIRST.plusDays(d));
      List<Shop.Swipe> rows = new ArrayList<>();
      for (int i = 0; i < PER_DAY; i++) {
        String id = "s-" + random.nextInt(3 * DAYS * PER_DAY); // some come twice
        Instant at = start.plusSeconds(86_400L * i / PER_DAY);
        rows.add(
            new Shop.Swipe(
                id, "c-" + random.nextInt(20), "m", random.nextInt(99) / 2.0, null, i, at));
      }
      Path file = folder.resolve("history/date=" + FIRST.plusDays(d) + "/swipes.parquet");
      Files.createDirectories(file.getParent());
      swipes.add(ShopHistory.write(file, Shop.Swipe.class, rows));
    }
    files.put("swipes", List.of(folder.resolve("history")));
    files.put("accounts", List.of());
  }

  private static Instant start(LocalDate day) {
    return Instant.parse(day + "T00:00:00Z");
  }

  private List<String> run(LocalDate first, LocalDate last, boolean redo) {
    List<String> log = new ArrayList<>();
    new DailyBackfill(
            OneKeyBackfillTest.BY_ID, files, folder.resolve("days"), BackfillOptions.all())
        .run(
            first,
            last,
            redo,
            () -> LocalRunners.direct(1),
            (day, path, summary) ->
                log.add(day.getDayOfMonth() + (summary == null ? " there" : " done")));
    return log;
  }

  private List<String> rows(Path set) {
    List<String> rows = new ArrayList<>();
    for (LabelledVector row : TrainingSetReader.open(set)) {
      rows.add(BackfillTest.text(row));
    }
    return rows;
  }

  private Path day(int d) {
    return folder.resolve("days/date=" + FIRST.plusDays(d));
  }

  private List<String> allAtOnce() {
    Backfill.of(
            OneKeyBackfillTest.BY_ID,
            null,
            files,
            folder.resolve("whole"),
            BackfillOptions.all().until(start(FIRST.plusDays(DAYS))).replacing(true))
        .run(LocalRunners.direct(1));
    return rows(folder.resolve("whole")).stream().sorted().toList();
  }

  @Test
  void sixDaysAndOneMoreGiveTheSevenAtOnce() {
    assertEquals(
        List.of("1 done", "2 done", "3 done", "4 done", "5 done", "6 done"),
        run(FIRST, FIRST.plusDays(5), false));
    assertEquals(
        List.of("1 there", "2 there", "3 there", "4 there", "5 there", "6 there", "7 done"),
        run(FIRST, FIRST.plusDays(6), false));
    List<String> rows = new ArrayList<>();
    for (int d = 0; d < DAYS; d++) {
      rows.addAll(rows(day(d)));
    }
    BackfillTest.assertSame(allAtOnce(), rows.stream().sorted().toList(), "seed " + SEED);
    List<String> all = rows(folder.resolve("days")); // the days as one set
    BackfillTest.assertSame(rows, all, "seed " + SEED);
  }

  @Test
  void aDayDoneAgainIsTheSameAndThoseBehindItFollow() {
    run(FIRST, FIRST.plusDays(3), false);
    List<String> before = rows(day(2));
    assertEquals(List.of("3 done"), run(FIRST.plusDays(2), FIRST.plusDays(2), true));
    assertEquals(before, rows(day(2)));
    // The fourth went on from a run that isn't there any more: it is done again without asking.
    assertEquals(List.of("3 there", "4 done"), run(FIRST.plusDays(2), FIRST.plusDays(3), false));
  }

  @Test
  void keepsTheSnapshotsOfTheLastDaysOnly() {
    run(FIRST, FIRST.plusDays(5), false);
    assertFalse(Files.exists(SnapshotFolder.in(day(0)).folder()));
    assertTrue(Files.exists(SnapshotFolder.in(day(5)).manifest()));
    assertTrue(Files.exists(SnapshotFolder.in(day(4)).manifest()));
  }

  /** Times are set as an export of long ago has them; content tells what was read. */
  @Test
  void aFileThatIsUnchangedByPathSizeAndTimeIsNotReadAgain() throws Exception {
    Path first = folder.resolve("history/date=" + FIRST + "/swipes.parquet");
    Path second = folder.resolve("history/date=" + FIRST.plusDays(1) + "/swipes.parquet");
    for (Path file : List.of(first, second)) {
      Files.setLastModifiedTime(file, FileTime.from(start(FIRST)));
    }
    run(FIRST, FIRST, false);
    // Nothing says yet how old the file was when it was read.
    assertTrue(Snapshot.read(SnapshotFolder.in(day(0))).modified().isEmpty());
    run(FIRST, FIRST.plusDays(1), false);
    assertEquals(
        Set.of(first.toString(), second.toString()),
        Snapshot.read(SnapshotFolder.in(day(1))).modified().keySet());

    // A flipped bit under the old time isn't seen: the file isn't read. Under another time it is.
    byte[] bytes = Files.readAllBytes(first);
    byte[] flipped = bytes.clone();
    flipped[4 + PER_DAY] ^= 1; // among the values
    Files.write(first, flipped);
    Files.setLastModifiedTime(first, FileTime.from(start(FIRST)));
    assertEquals(List.of("3 done"), run(FIRST.plusDays(2), FIRST.plusDays(2), false));
    Files.setLastModifiedTime(first, FileTime.from(start(FIRST).plusSeconds(1)));
    assertThrows(RuntimeException.class, () -> run(FIRST.plusDays(3), FIRST.plusDays(3), false));
    Files.write(first, bytes);
    assertEquals(List.of("4 done"), run(FIRST.plusDays(3), FIRST.plusDays(3), false));
  }

  @Test
  void whatAKilledRunLeftIsNeverReadAndGoes() throws Exception {
    run(FIRST, FIRST.plusDays(1), false);
    Path half = folder.resolve("days/date=2026-03-03.tmp-dead1234");
    Files.createDirectories(half.resolve("_state"));
    Files.copy(day(1).resolve("manifest.json"), half.resolve("manifest.json"));
    assertEquals(2 * PER_DAY, rows(folder.resolve("days")).size(), 40);
    assertEquals(List.of("1 there", "2 there", "3 done"), run(FIRST, FIRST.plusDays(2), false));
    assertFalse(Files.exists(half));
  }
}
