package dev.lockstep.examples.flights;

import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.time.Micros;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/**
 * The history of the flights example, made from the bundled data: departures and landings, each
 * sorted by when it became available, in a file a day (UTC) as a nightly export would leave them,
 * and the airports.
 *
 * <pre>
 * flights/date=2001-01-07/flights.parquet      departures of that day
 * landings/date=2001-01-07/landings.parquet    what became known on that day
 * airports.parquet
 * </pre>
 */
final class FlightHistory {
  private static final String FLIGHTS = "/data/flights-2001-01.parquet";
  private static final String FLIGHTS_NAME = "flights";
  private static final String LANDINGS_NAME = "landings";
  private static final String AIRPORTS = "/data/airports.csv";

  /** Taxiing, climbing and descending. */
  private static final long GROUND_MICROS = 30 * 60 * Micros.PER_SECOND;

  /** 8 miles a minute. */
  private static final long MICROS_PER_MILE = 7_500_000;

  private static final long MICROS_PER_MINUTE = 60 * Micros.PER_SECOND;

  private FlightHistory() {}

  /** Writes all files into a folder. */
  static void make(Path folder) throws IOException {
    Path bundled = folder.resolve("bundled.parquet");
    try (InputStream in = resource(FLIGHTS)) {
      Files.copy(in, bundled); // Parquet is read from its end, which a class path resource can't
    }
    List<Landing> landings = read(bundled);
    Files.delete(bundled);
    writeByDay(
        Flight.class,
        folder.resolve(FLIGHTS_NAME),
        landings.stream()
            .map(l -> new Flight(l.flight(), l.date(), l.distance(), l.origin(), l.destination()))
            .sorted(Comparator.comparing(Flight::date).thenComparingLong(Flight::flight))
            .toList(),
        Flight::date);
    landings.sort(Comparator.comparing(Landing::landedAt).thenComparingLong(Landing::flight));
    writeByDay(Landing.class, folder.resolve(LANDINGS_NAME), landings, Landing::landedAt);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource(AIRPORTS), StandardCharsets.UTF_8))) {
      write(Airport.class, airports(folder), AirportFile.read(lines));
    }
  }

  /** The files of departures, in order. */
  static List<Path> flights(Path folder) throws IOException {
    return days(folder.resolve(FLIGHTS_NAME));
  }

  /** The files of landings, in order. */
  static List<Path> landings(Path folder) throws IOException {
    return days(folder.resolve(LANDINGS_NAME));
  }

  static Path airports(Path folder) {
    return folder.resolve("airports.parquet");
  }

  private static List<Path> days(Path source) throws IOException {
    try (Stream<Path> days = Files.list(source)) {
      return days.sorted().map(day -> day.resolve(source.getFileName() + ".parquet")).toList();
    }
  }

  /** What a row of the bundled data says, by its row number. */
  static Landing landing(
      long row, long dateMicros, int delay, int distance, String origin, String destination) {
    long landed =
        dateMicros
            + GROUND_MICROS
            + distance * MICROS_PER_MILE
            + delay * MICROS_PER_MINUTE; // far too early where the delay is nonsense
    return new Landing(
        row,
        Micros.toInstant(dateMicros),
        Micros.toInstant(Math.max(dateMicros, landed)),
        delay,
        distance,
        origin,
        destination);
  }

  private static List<Landing> read(Path bundled) throws IOException {
    List<Landing> landings = new ArrayList<>();
    try (ParquetReader<GenericRecord> rows =
        AvroParquetReader.<GenericRecord>builder(
                new LocalInputFile(bundled), new PlainParquetConfiguration())
            .build()) {
      for (GenericRecord row = rows.read(); row != null; row = rows.read()) {
        landings.add(
            landing(
                landings.size(),
                number(row, "date").longValue(),
                number(row, "delay").intValue(),
                number(row, "distance").intValue(),
                text(row, "origin"),
                text(row, "destination")));
      }
    }
    return landings;
  }

  private static Number number(GenericRecord row, String field) {
    return (Number) row.get(field);
  }

  private static String text(GenericRecord row, String field) {
    return row.get(field).toString().intern(); // a few hundred airports, half a million rows
  }

  /** Writes rows that are sorted by an instant into a file for each of its days. */
  private static <T> void writeByDay(
      Class<T> type, Path source, List<T> rows, Function<T, Instant> instant) throws IOException {
    int from = 0;
    for (int to = 1; to <= rows.size(); to++) {
      LocalDate day = day(instant.apply(rows.get(from)));
      if (to == rows.size() || !day.equals(day(instant.apply(rows.get(to))))) {
        Path folder = source.resolve("date=" + day);
        Files.createDirectories(folder);
        write(type, folder.resolve(source.getFileName() + ".parquet"), rows.subList(from, to));
        from = to;
      }
    }
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static <T> void write(Class<T> type, Path file, List<T> rows) throws IOException {
    try (RecordParquetWriter<T> writer = RecordParquetWriter.open(type, file)) {
      for (T row : rows) {
        writer.write(row);
      }
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = FlightHistory.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(
          name + " isn't on the class path; it is part of the examples' jar");
    }
    return in;
  }
}
