package dev.lockstep.beam.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.naive.Fixtures.Fixture;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The oracle's own door reads what other tools wrote as the folder's README says (C1, C6, C17). */
class NaiveFixturesTest {
  private static final Set<String> ALL = Set.of("id", "card", "amount", "qty", "price", "at");

  /** A decimal where the files have numbers of many kinds. */
  record Money(String id, BigDecimal amount) {}

  @TestFactory
  Stream<DynamicTest> everyFileIsReadAsItsListSays() {
    return Fixtures.all().stream()
        .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> check(fixture)));
  }

  private static void check(Fixture fixture) {
    if (fixture.refused().isPresent()) {
      NaiveRefusal refusal = assertThrows(NaiveRefusal.class, () -> read(fixture, ALL));
      assertEquals(fixture.refused().get(), refusal.component());
      return;
    }
    List<NaiveRow> rows = read(fixture, ALL);
    List<NaiveRow> expected = new ArrayList<>();
    for (int i : fixture.isPart() ? ids(rows) : fixture.rows()) {
      expected.add(fixture.expected(i));
    }
    assertEquals(told(expected), told(rows));
  }

  @Test
  void partsOfAFolderAreTheTable() {
    for (String folder :
        List.of("spark/by-date", "spark/by-country", "duckdb/by-date", "duckdb/by-country")) {
      Set<Integer> seen = new TreeSet<>();
      for (Fixture fixture : Fixtures.all()) {
        if (fixture.name().startsWith(folder)) {
          seen.addAll(ids(read(fixture, ALL)));
        }
      }
      assertEquals(20, seen.size(), folder);
    }
  }

  @Test
  void whatNothingReadsIsNoFault() {
    Set<String> few = Set.of("id", "card", "price", "at");
    for (Fixture fixture : Fixtures.all()) {
      if (fixture.right().matches("error (amount|qty) .*")) {
        List<NaiveRow> rows = read(fixture, few);
        assertEquals(20, rows.size());
        assertTrue(rows.stream().allMatch(NaiveRow::isUsable), fixture.name());
      }
    }
  }

  @Test
  void ownCodeIsRunAndMakesAllOfTheRowCount() {
    Fixture negative = fixture("cases/negative.parquet");
    NaiveRecord strict = NaiveRecord.of(Txn.Strict.class, true);
    NaiveDoor door = new NaiveDoor(NaiveSource.of(strict), Set.of("card"));
    List<NaiveRow> rows = new NaiveParquet(door).read(negative.file());
    assertEquals(Map.of("card", "card 2"), rows.get(2).values());
    assertEquals(Cause.CODE, rows.get(3).faults().get(0).cause());
    List<NaiveRow> nulls = new NaiveParquet(door).read(fixture("cases/nulls.parquet").file());
    assertEquals(Cause.NULL, nulls.get(4).faults().get(0).cause());
  }

  @Test
  void decimalsAreReadByValue() {
    NaiveRecord money = NaiveRecord.of(Money.class, false);
    int files = 0;
    for (Fixture fixture : Fixtures.all()) {
      if (fixture.name().matches(".*/(amount.*-decimal.*|amount-json|dec38).*")) {
        NaiveDoor door = new NaiveDoor(NaiveSource.of(money), Set.of("amount"));
        List<NaiveRow> rows = new NaiveParquet(door).read(fixture.file());
        for (int i = 0; i < rows.size(); i++) {
          if (fixture.right().contains(" i" + i)) {
            assertEquals(Cause.WIDTH, rows.get(i).faults().get(0).cause(), fixture.name());
          } else {
            BigDecimal right = BigDecimal.valueOf(1.5 * i).setScale(6);
            assertEquals(right, rows.get(i).values().get("amount"), fixture.name());
          }
        }
        files++;
      }
    }
    assertTrue(files > 20, files + " files");
  }

  private static Fixture fixture(String name) {
    return Fixtures.all().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<NaiveRow> read(Fixture fixture, Set<String> needed) {
    NaiveSource source = NaiveSource.of(NaiveRecord.of(Txn.class, false, fixture.columns()));
    if (fixture.unit() != null) {
      source = source.in(fixture.unit());
    }
    return new NaiveParquet(new NaiveDoor(source, needed)).read(fixture.file());
  }

  private static List<Integer> ids(List<NaiveRow> rows) {
    return rows.stream()
        .map(row -> Integer.parseInt(row.values().get("id").toString().substring(1)))
        .toList();
  }

  /** Faults without their details. */
  private static String told(List<NaiveRow> rows) {
    StringBuilder text = new StringBuilder();
    for (NaiveRow row : rows) {
      text.append(row.values()).append(row.notFinite());
      row.faults().forEach(f -> text.append(f.cause()).append(f.component()));
      text.append('\n');
    }
    return text.toString();
  }
}
