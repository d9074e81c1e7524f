package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.NaiveDoor;
import dev.lockstep.beam.naive.NaiveMessages;
import dev.lockstep.beam.naive.NaiveParquet;
import dev.lockstep.beam.naive.NaiveRecord;
import dev.lockstep.beam.naive.NaiveRow;
import dev.lockstep.beam.naive.NaiveSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One drawn question to the doors: a record type, what its source declares, what a plan reads, and
 * rows on their way in.
 *
 * @param told how the rows are laid out, for a failure's message
 */
public record DrawnCase(
    DrawnRecord record, NaiveSource source, Set<String> needed, Arrivals arrivals, String told) {

  private static final List<String> WAYS = List.of("json", "avro", "file", "records");
  private static final List<String> WAYS_WITHOUT_AVRO = List.of("json", "file", "records");

  /** A case of some rows, as a file or as messages. */
  static DrawnCase draw(Draws draws, DrawnRecord record, int rows, Path file)
      throws IOException, ReflectiveOperationException {
    TimeUnit unit =
        draws.of(
            List.of(
                TimeUnit.MICROSECONDS,
                TimeUnit.MICROSECONDS,
                TimeUnit.MILLISECONDS,
                TimeUnit.SECONDS));
    ZoneId zone = ZoneId.of(draws.of(List.of("UTC", "Europe/Berlin", "America/New_York")));
    NaiveSource source = new NaiveSource(record.naive(), unit, zone);
    Set<String> needed = new LinkedHashSet<>();
    for (NaiveRecord.Component component : record.naive().components()) {
      if (draws.once(2) || needed.isEmpty()) {
        needed.add(component.name());
      }
    }
    boolean avroNames =
        record.naive().components().stream()
            .allMatch(c -> c.column().matches("[A-Za-z_][A-Za-z0-9_]*"));
    return switch (draws.of(avroNames ? WAYS : WAYS_WITHOUT_AVRO)) {
      case "records" -> {
        DrawnObjects objects = new DrawnObjects(draws, record.naive());
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
          records.add(objects.record());
        }
        yield new DrawnCase(record, source, needed, new Arrivals.OfRecords(records), "records");
      }
      case "json" -> {
        DrawnJson json = new DrawnJson(draws, record.naive(), unit);
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
          messages.add(json.message());
        }
        yield new DrawnCase(
            record, source, needed, new Arrivals.OfMessages(messages, List.of()), "JSON");
      }
      case "avro" -> {
        DrawnAvro avro = new DrawnAvro(draws, record.naive(), unit);
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
          messages.add(avro.message());
        }
        Arrivals arrivals = new Arrivals.OfMessages(messages, List.of(avro.schema()));
        yield new DrawnCase(record, source, needed, arrivals, avro.schema().toString());
      }
      default -> {
        String schema = DrawnFile.write(draws, record.naive(), unit, rows, file).toString();
        yield new DrawnCase(record, source, needed, new Arrivals.OfFile(file), schema);
      }
    };
  }

  /** What the oracle's own door makes of the rows. */
  List<NaiveRow> expected() {
    return expected(source, needed, arrivals);
  }

  static List<NaiveRow> expected(NaiveSource source, Set<String> needed, Arrivals arrivals) {
    NaiveDoor door = new NaiveDoor(source, needed);
    if (arrivals instanceof Arrivals.OfRecords of) {
      return of.records().stream().map(door::made).toList();
    }
    if (arrivals instanceof Arrivals.OfFile of) {
      return new NaiveParquet(door).read(of.file());
    }
    Arrivals.OfMessages of = (Arrivals.OfMessages) arrivals;
    NaiveMessages messages = new NaiveMessages(door, of.writers());
    return of.messages().stream().map(messages::read).toList();
  }

  @Override
  public String toString() {
    return "unit %s, zone %s, needed %s%n%s%n%s"
        .formatted(source.unit(), source.zone(), needed, record.source(), told);
  }
}
