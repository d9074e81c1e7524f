package dev.lockstep.beam.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.FieldName;
import dev.lockstep.define.Window;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * C1, C6, C13, C17: the files of other tools through our door. Each gives the rows that {@code
 * index.tsv} says, its faulty rows are refused with their reasons, and what can't be read is
 * refused as a whole.
 */
class FixtureFilesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final int ROWS = 20;
  private static final Map<String, String> REASONS =
      Map.of(
          "null", " is null or missing, which a component of type ",
          "width", " where a value of type | which a component of type ",
          "instant", " where a value of type instant is expected|]: ",
          "text", " has bytes that are no UTF-8");

  record Txn(String id, String card, double amount, int qty, float price, Instant at) {}

  record NamedTxn(
      @FieldName("txn_id") String id,
      @FieldName("card_number") String card,
      @FieldName("amount_paid") double amount,
      int qty,
      @FieldName("unit_price") float price,
      @FieldName("happened_at") Instant at) {}

  record Placed(String id, Instant at, String country, Instant date, int qty) {}

  private static FeaturePlan plan(ChronoUnit unit) {
    EventSource<Txn> source =
        EventSource.of(Txn.class).named("txns").id(Txn::id).eventTime(Txn::at).epochUnit(unit);
    Window day = Window.last(Durations.days(1));
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(source)
            .with(
                FeatureView.named("v")
                    .over(source)
                    .by(Entity.string("card"), Txn::card)
                    .feature("amount", Aggregations.sum(Txn::amount).over(day))
                    .feature("qty", Aggregations.sum(Txn::qty).over(day))
                    .feature("price", Aggregations.sum(Txn::price).over(day))));
  }

  private static FeaturePlan named() {
    EventSource<NamedTxn> source =
        EventSource.of(NamedTxn.class).named("txns").id(NamedTxn::id).eventTime(NamedTxn::at);
    Window day = Window.last(Durations.days(1));
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(source)
            .with(
                FeatureView.named("v")
                    .over(source)
                    .by(Entity.string("card"), NamedTxn::card)
                    .feature("amount", Aggregations.sum(NamedTxn::amount).over(day))
                    .feature("qty", Aggregations.sum(NamedTxn::qty).over(day))
                    .feature("price", Aggregations.sum(NamedTxn::price).over(day))));
  }

  private static FeaturePlan placed() {
    EventSource<Placed> source =
        EventSource.of(Placed.class)
            .named("txns")
            .id(Placed::id)
            .eventTime(Placed::at)
            .availableAt(Placed::date)
            .clockSkew(Duration.ofDays(9));
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(source)
            .with(
                FeatureView.named("v")
                    .over(source)
                    .by(Entity.string("country"), Placed::country)
                    .feature(
                        "qty",
                        Aggregations.sum(Placed::qty).over(Window.last(Durations.days(1))))));
  }

  /** The rows of a file, as their values by name or their reasons; counted in {@code dropped}. */
  private static List<Map<String, Object>> read(FeaturePlan plan, Path file, long[] dropped) {
    RowIntake door = RowIntake.of(plan, plan.sources().get(0));
    List<Map<String, Object>> rows = new ArrayList<>();
    Map<String, Long> next = new TreeMap<>();
    HistoryRows.read(
        door,
        List.of(file),
        new HistoryRows.Sink() {
          @Override
          public void row(String path, long row, long timestamp, long position) {
            assertEquals(next.merge(path, 1L, Long::sum) - 1, row, path);
            Map<String, Object> found = new TreeMap<>();
            try {
              Values values = door.values();
              for (int c = 0; c < values.size(); c++) {
                found.put(door.source().columns().get(c).name(), values.get(c));
              }
            } catch (DataException e) {
              found.put("reason", e.getMessage());
            }
            rows.add(found);
          }

          @Override
          public void unreadable(String path, long row, DataException reason) {
            throw reason;
          }
        });
    dropped[0] = door.takeNotFinite();
    return rows;
  }

  private static List<Map<String, Object>> base() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = new TreeMap<>();
      row.put("id", "i" + i);
      row.put("card", "Card " + i % 3);
      row.put("amount", 1.5 * i);
      row.put("qty", (long) i);
      row.put("price", (double) 0.1f);
      row.put("at", START.plus(Duration.ofHours(i)));
      rows.add(row);
    }
    return rows;
  }

  private static Object right(String column, String said, int i) {
    return switch (said) {
      case "midnight" -> START;
      case "doubled" -> 3.0 * i;
      case "uuid" -> new UUID(0x4000L, 0x8000_0000_0000_0000L + i).toString();
      case "1965-03-01T00:00:00Z+3599.999999s" ->
          Instant.parse("1965-03-01T00:00:00Z").plusNanos(i * 3_599_999_999_000L);
      default -> Double.parseDouble(said);
    };
  }

  @TestFactory
  List<DynamicTest> asTheIndexSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(FIXTURES.resolve("index.tsv"))) {
      String[] cells = line.split("\t");
      if (!cells[0].equals("file") && !cells[2].startsWith("part ")) {
        tests.add(
            DynamicTest.dynamicTest(
                cells[0], () -> check(FIXTURES.resolve(cells[0]), cells[1], cells[2])));
      }
    }
    assertTrue(tests.size() > 150, "" + tests.size());
    return tests;
  }

  private static void check(Path file, String unit, String right) {
    FeaturePlan plan =
        right.startsWith("named ")
            ? named()
            : plan(unit.equals("-") ? ChronoUnit.MICROS : ChronoUnit.valueOf(unit));
    long[] dropped = {0};
    if (right.startsWith("refused")) {
      HistoryFileException refused =
          assertThrows(HistoryFileException.class, () -> read(plan, file, dropped));
      assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
      String column = right.substring("refused".length()).strip();
      assertTrue(refused.getMessage().contains("[" + column), refused.getMessage());
      assertTrue(refused.getMessage().matches("(?s).*(expected|supported).*"));
      return;
    }
    List<Map<String, Object>> rows = read(plan, file, dropped);
    if (right.equals("nothing")) {
      assertEquals(List.of(), rows);
      return;
    }
    List<Map<String, Object>> expected = base();
    long notFinite = 0;
    for (String part : right.startsWith("named ") ? new String[0] : right.split("; ")) {
      String[] words = part.split(" ");
      for (int i = 0; i < ROWS; i++) {
        if (words[words.length - 1].matches("i\\d+")
            && !("i" + i).equals(words[words.length - 1])) {
          continue;
        }
        if (words[0].equals("error")) {
          String reason = String.valueOf(rows.get(i).get("reason"));
          assertTrue(reason.startsWith("[" + words[1] + "]"), reason);
          assertTrue(
              reason.matches(".*(" + REASONS.get(words[2]).replace("]", "\\]") + ").*"), reason);
          expected.set(i, rows.get(i));
        } else if (words[0].equals("null")) {
          expected.get(i).put(words[1], null);
          notFinite += words[1].equals("card") ? 0 : 1;
        } else if (words[0].contains("=")) {
          String[] said = words[0].split("=");
          expected.get(i).put(said[0], right(said[0], said[1], i));
        } else {
          assertEquals("same", part);
        }
      }
    }
    assertEquals(lines(expected), lines(rows));
    assertEquals(notFinite, dropped[0]);
  }

  private static String lines(List<Map<String, Object>> rows) {
    return rows.stream().map(String::valueOf).collect(Collectors.joining("\n"));
  }

  @Test
  void foldersGiveTheColumnThatTheirFilesLack() {
    for (String tool : List.of("duckdb", "spark")) {
      Map<String, Object> countries = new LinkedHashMap<>();
      for (Map<String, Object> row :
          read(placed(), FIXTURES.resolve(tool + "/by-country"), new long[1])) {
        countries.put((String) row.get("id"), row.get("country"));
        assertEquals(null, row.get("date"));
      }
      assertEquals(ROWS, countries.size());
      assertEquals("DE", countries.get("i0"));
      assertEquals(tool.equals("spark") ? "C/H" : "C H", countries.get("i1"));
      if (tool.equals("spark")) {
        assertEquals(null, countries.get("i3"));
      }
      List<Map<String, Object>> days =
          read(placed(), FIXTURES.resolve(tool + "/by-date"), new long[1]);
      assertEquals(ROWS, days.size());
      for (Map<String, Object> row : days) {
        int i = Integer.parseInt(((String) row.get("id")).substring(1));
        Instant at = START.plus(Duration.ofHours(i < 10 ? i : i + 24));
        assertEquals(at, row.get("at"));
        assertEquals(at.truncatedTo(ChronoUnit.DAYS), row.get("date"));
      }
    }
  }
}
