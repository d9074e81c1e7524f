package dev.lockstep.beam.batch;

import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Window.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.Label;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * L6 by days, one of them without anything: rows come as their labels do, and are the full run's.
 */
class DailyLabelTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final int DAYS = 6;
  private static final int EMPTY_DAY = 3;
  private static final int PER_DAY = 120;

  /** Behind the days of swipes, until all labels are final. */
  private static final int DAYS_AND_LATER = 11;

  private static final long SEED = 20261126;

  @TempDir Path folder;

  private final Map<String, List<Path>> files = new TreeMap<>();
  private int swipes;

  /** A file a day and source, in which all is that arrived on it. */
  @BeforeEach
  void history() throws Exception {
    Random random = new Random(SEED);
    Map<LocalDate, List<Shop.Swipe>> asked = new TreeMap<>();
    Map<LocalDate, List<Shop.Settlement>> settled = new TreeMap<>();
    for (int d = 0; d < DAYS; d++) {
      for (int i = 0; d != EMPTY_DAY && i < PER_DAY; i++) {
        Instant at = start(d).plusSeconds(86_400L * i / PER_DAY);
        String id = "s-" + d + "-" + i;
        Shop.Swipe swipe =
            new Shop.Swipe(
                id, "c-" + random.nextInt(9), "m-" + random.nextInt(3), i / 8.0, null, i, at);
        put(asked, at, swipe);
        swipes++;
        if (random.nextInt(10) == 0) {
          put(asked, at.plusSeconds(7_200), swipe); // a copy, in tomorrow's file now and then
        }
        for (int n = random.nextInt(3); n > 0; n--) {
          settle(settled, swipe, random);
        }
      }
    }
    for (int d = 0; d < DAYS_AND_LATER; d++) {
      write("swipes", d, Shop.Swipe.class, asked.getOrDefault(FIRST.plusDays(d), List.of()));
      write(
          "settlements",
          d,
          Shop.Settlement.class,
          settled.getOrDefault(FIRST.plusDays(d), List.of()));
    }
    files.put("swipes", List.of(folder.resolve("swipes")));
    files.put("settlements", List.of(folder.resolve("settlements")));
    files.put("accounts", List.of());
  }

  /** From minutes to days after the swipe, some booked too late to count (C4), some twice. */
  private static void settle(
      Map<LocalDate, List<Shop.Settlement>> settled, Shop.Swipe swipe, Random random) {
    Instant at = swipe.at().plusSeconds(random.nextInt(random.nextBoolean() ? 1_200 : 3 * 86_400));
    Instant booked = at.plusSeconds(random.nextInt(7 * 3_600));
    Shop.Settlement settlement =
        new Shop.Settlement(
            random.nextInt(1 << 30),
            swipe.id(),
            swipe.merchant(),
            random.nextInt(40) / 16.0,
            BigDecimal.ONE,
            at,
            booked);
    put(settled, booked, settlement);
    if (random.nextInt(10) == 0) {
      put(settled, booked, settlement);
    }
  }

  private static <T> void put(Map<LocalDate, List<T>> days, Instant at, T row) {
    days.computeIfAbsent(LocalDate.ofInstant(at, ZoneOffset.UTC), d -> new ArrayList<>()).add(row);
  }

  private <T> void write(String source, int day, Class<T> type, List<? extends Record> rows)
      throws Exception {
    if (!rows.isEmpty()) {
      Path file = folder.resolve(source + "/date=" + FIRST.plusDays(day) + "/all.parquet");
      Files.createDirectories(file.getParent());
      ShopHistory.write(file, type, rows);
    }
  }

  private static Instant start(int day) {
    return FIRST.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Label<?> label(String kind) {
    Label.On<Shop.Settlement> named = Label.from(Shop.SETTLEMENTS).on(Shop.Settlement::swipe);
    return switch (kind) {
      case "soon" -> named.within(minutes(10)).is("fee_soon", field(Shop.Settlement::fee));
      case "later" ->
          named.within(days(2)).happened("expensive", field(Shop.Settlement::fee).greaterThan(1));
      case "window" ->
          Label.of("spent_after", sum(Shop.Swipe::cents).over(next(hours(30))))
              .from(Shop.SWIPES)
              .by(Shop.CARD, Shop.Swipe::card);
      case "own" -> Label.column("cents_too", Shop.Swipe::cents);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private List<String> run(Label<?> label, int first, int last, boolean redo) {
    List<String> log = new ArrayList<>();
    new DailyBackfill(
            Shop.SET, label, files, folder.resolve("days"), BackfillOptions.all().shards(3))
        .run(
            FIRST.plusDays(first),
            FIRST.plusDays(last),
            redo,
            () -> LocalRunners.direct(1),
            (day, path, summary) ->
                log.add(day.getDayOfMonth() + (summary == null ? " there" : " done")));
    return log;
  }

  private static List<String> rows(Path set) {
    List<String> rows = new ArrayList<>();
    for (LabelledVector row : TrainingSetReader.open(set)) {
      rows.add(BackfillTest.text(row));
    }
    return rows.stream().sorted().toList();
  }

  private Path day(int d) {
    return folder.resolve("days/date=" + FIRST.plusDays(d));
  }

  private List<String> allAtOnce(Label<?> label, int until) {
    Path whole = folder.resolve("whole");
    Backfill.of(
            Shop.SET,
            label,
            files,
            whole,
            BackfillOptions.all().until(start(until)).replacing(true))
        .run(LocalRunners.direct(1));
    return rows(whole);
  }

  @ParameterizedTest
  @CsvSource({"soon,0", "later,2", "window,2", "own,0"})
  void daysGiveWhatAllAtOnceGives(String kind, int firstFinal) {
    Label<?> label = label(kind);
    // So far as it is known after five days, and when all is.
    run(label, 0, 4, false);
    BackfillTest.assertSame(
        allAtOnce(label, 5), rows(folder.resolve("days")), kind + ", seed " + SEED);
    assertEquals(
        Manifest.read(folder.resolve("whole")).total("immature"),
        Manifest.read(folder.resolve("days")).total("immature"));
    run(label, 5, DAYS_AND_LATER - 1, false);
    List<String> expected = allAtOnce(label, DAYS_AND_LATER);
    BackfillTest.assertSame(expected, rows(folder.resolve("days")), kind + ", seed " + SEED);
    assertEquals(swipes, expected.size());
    Manifest together = Manifest.read(folder.resolve("days"));
    assertEquals(0, together.total("immature"));
    assertEquals(kind.equals("own"), together.total("matured") == 0);
    assertTrue(expected.stream().filter(r -> !r.endsWith("null")).count() > 100);
    int firstWithRows = 0;
    while (Manifest.read(day(firstWithRows)).rows() == 0) {
      firstWithRows++;
    }
    assertEquals(firstFinal, firstWithRows, "the day on which the first label is final");
  }

  @Test
  void aDayDoneAgainIsTheSameAndThoseBehindItFollow() {
    Label<?> label = label("later");
    run(label, 0, 5, false);
    List<String> fifth = rows(day(4));
    List<String> all = rows(folder.resolve("days"));
    assertEquals(List.of("5 done"), run(label, 4, 4, true));
    assertEquals(fifth, rows(day(4)));
    assertEquals(
        List.of("1 there", "2 there", "3 there", "4 there", "5 there", "6 done"),
        run(label, 0, 5, false));
    assertEquals(all, rows(folder.resolve("days")));
  }

  @Test
  void daysOfAnotherLabelAreRefused() {
    run(label("later"), 0, 1, false);
    for (int last = 1; last <= 2; last++) {
      int day = last;
      SnapshotException refused =
          assertThrows(SnapshotException.class, () -> run(label("soon"), day, day, false));
      assertTrue(refused.getMessage().contains("holds the day of another label"));
      assertTrue(refused.getMessage().contains("now:   [label fee_soon"), refused.getMessage());
    }
  }
}
