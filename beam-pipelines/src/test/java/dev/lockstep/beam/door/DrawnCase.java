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

  /** A case of some rows, as a file or as messages. */
  static DrawnCase draw(Draws draws, DrawnRecord record, int rows, Path file) throws IOException {
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
    return switch (draws.below(3) + (avroNames ? 0 : 3)) {
      case 0, 3 -> {
        DrawnJson json = new DrawnJson(draws, record.naive(), unit);
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
          messages.add(json.message());
        }
        yield new DrawnCase(
            record, source, needed, new Arrivals.OfMessages(messages, List.of()), "JSON");
      }
      case 1 -> {
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
    NaiveDoor door = new NaiveDoor(source, needed);
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
