package dev.lockstep.examples.flights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.examples.ParquetRows;
import dev.lockstep.project.History;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bundled month, made once for all tests. */
class FlightHistoryTest {
  private static final int FLIGHTS = 508_239;

  @TempDir static Path folder;
  private static History history;

  @BeforeAll
  static void make() throws IOException {
    history = new FlightsProject().history(folder);
  }

  @Test
  void everyFlightDepartsInOrderOfItsDate() throws IOException {
    long row = 0;
    long previous = Long.MIN_VALUE;
    long replayed = 0;
    for (GenericRecord r : rows("flights")) {
      assertEquals(row++, r.get("flight"));
      long date = (Long) r.get("date");
      assertTrue(date >= previous, "flight " + row);
      previous = date;
      if (date >= Micros.of(history.replayFrom()) && date < Micros.of(history.replayUntil())) {
        replayed++;
      }
    }
    assertEquals(FLIGHTS, row);
    assertTrue(replayed >= 55_000 && replayed <= 66_000, replayed + " requests are replayed");
  }

  @Test
  void everyFlightLandsOnceWithinTheDeclaredLatenessAndNeverBeforeItsDate() throws IOException {
    BitSet landed = new BitSet();
    long previous = Long.MIN_VALUE;
    long greatest = 0;
    for (GenericRecord r : rows("landings")) {
      int flight = Math.toIntExact((Long) r.get("flight"));
      assertFalse(landed.get(flight), "flight " + flight + " lands twice");
      landed.set(flight);
      long at = (Long) r.get("landedAt");
      assertTrue(at >= previous, "not sorted at flight " + flight);
      previous = at;
      long late = at - (Long) r.get("date");
      assertTrue(late >= 0, "flight " + flight + " lands before it departs");
      greatest = Math.max(greatest, late);
    }
    assertEquals(FLIGHTS, landed.cardinality());
    long declared = Micros.of(FlightFeatures.LANDINGS.lateness());
    assertTrue(greatest <= declared, "the latest lands after " + greatest + " us");
    assertTrue(greatest > Micros.of(Duration.ofDays(1)), "a day's lateness would do");
  }

  @Test
  void everyAirportOfAFlightIsInTheTable() throws IOException {
    Map<String, GenericRecord> airports = new HashMap<>();
    for (GenericRecord r : rows("airports")) {
      airports.put(r.get("iata").toString(), r);
    }
    assertEquals(3376, airports.size());
    GenericRecord dublin = Objects.requireNonNull(airports.get("DBN"));
    assertEquals("W. H. \"Bud\" Barron", dublin.get("name").toString());
    assertEquals(32.56445806, dublin.get("latitude"));
    assertEquals(null, Objects.requireNonNull(airports.get("CLD")).get("state"));
    for (GenericRecord r : rows("flights")) {
      assertTrue(airports.containsKey(r.get("origin").toString()), r.toString());
      assertTrue(airports.containsKey(r.get("destination").toString()), r.toString());
    }
  }

  @Test
  void aDaysFileHoldsWhatBecameKnownOnThatDay() throws IOException {
    for (String source : List.of("flights", "landings")) {
      String known = source.equals("flights") ? "date" : "landedAt";
      List<Path> files = Objects.requireNonNull(history.files().get(source));
      assertTrue(files.size() >= 31 && files.size() <= 33, files.toString());
      for (Path file : files) {
        String day = file.getParent().getFileName().toString();
        for (GenericRecord r : rows(file)) {
          String of = Micros.toInstant((Long) r.get(known)).toString().substring(0, 10);
          assertEquals(day, "date=" + of, source);
        }
      }
    }
  }

  @Test
  void aSecondCallFindsTheFirstOnesFiles() throws IOException {
    Path flights = Objects.requireNonNull(history.files().get("flights")).get(6);
    FileTime written = Files.getLastModifiedTime(flights);

    assertEquals(history, new FlightsProject().history(folder));
    assertEquals(written, Files.getLastModifiedTime(flights));
    try (var files = Files.list(folder.resolve("history-2"))) {
      assertEquals(
          List.of("airports.parquet", "flights", "landings"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aLandingIsEstimatedFromDistanceAndDelay() {
    Instant date = Instant.parse("2001-01-01T12:00:00Z");
    long micros = Micros.of(date);

    assertEquals(
        Instant.parse("2001-01-01T13:44:52.5Z"),
        FlightHistory.landing(0, micros, 10, 519, "ABE", "ATL").landedAt());
    assertEquals(date, FlightHistory.landing(0, micros, -1000, 519, "ABE", "ATL").landedAt());
  }

  private static List<GenericRecord> rows(String source) throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    for (Path file : Objects.requireNonNull(history.files().get(source))) {
      rows.addAll(rows(file));
    }
    return rows;
  }

  private static List<GenericRecord> rows(Path file) throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    try (ParquetRows read = ParquetRows.open(file)) {
      for (GenericRecord r = read.next(); r != null; r = read.next()) {
        rows.add(r);
      }
    }
    return rows;
  }
}
