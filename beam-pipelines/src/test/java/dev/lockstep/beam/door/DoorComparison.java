package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.Fault;
import dev.lockstep.beam.naive.Fixtures;
import dev.lockstep.beam.naive.NaiveRecord;
import dev.lockstep.beam.naive.NaiveRefusal;
import dev.lockstep.beam.naive.NaiveRow;
import dev.lockstep.beam.naive.NaiveSource;
import dev.lockstep.beam.naive.Txn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Asks doors drawn cases and holds what they answer against the oracle's own door. */
public final class DoorComparison {
  private static final int MOST_TOLD = 3;
  private static final List<Set<String>> NEEDS =
      List.of(
          Set.of("id", "card", "amount", "qty", "price", "at"),
          Set.of("id", "at"),
          Set.of("card", "amount", "at"),
          Set.of("qty", "price"));

  private static final List<Class<?>> PLAIN_AND_STRICT = List.of(Txn.class, Txn.Strict.class);
  private static final List<Class<?>> NAMED = List.of(Txn.Named.class);

  private final List<Door> doors;
  private final long seed;

  /** Rows that each door was asked, by its name. */
  private final Map<String, Long> asked = new TreeMap<>();

  /** What was found, by door; one of which enough is told is asked no more. */
  private final Map<String, List<String>> differences = new TreeMap<>();

  public DoorComparison(List<Door> doors, long seed) {
    this.doors = List.copyOf(doors);
    this.seed = seed;
    for (Door door : doors) {
      asked.put(door.name(), 0L);
      differences.put(door.name(), new ArrayList<>());
    }
  }

  /**
   * Asks every door that takes them at least so many rows.
   *
   * @param types record types that are drawn
   * @param rowsACase rows of a file, or messages
   * @param folder for what is compiled and written
   */
  public void ask(long rows, int types, int rowsACase, Path folder) throws Exception {
    Draws draws = new Draws(new Random(seed));
    List<DrawnRecord> records = new RecordCompiler(folder).draw(draws, types);
    for (int i = 0; least() < rows; i++) {
      Path file = folder.resolve("case-" + i + ".parquet");
      DrawnCase drawn = DrawnCase.draw(draws, records.get(i % types), rowsACase, file);
      ask(drawn, "case " + i);
      Files.deleteIfExists(file);
    }
  }

  /** Asks the doors that take files for what other tools wrote, with several needs of a plan. */
  public void askFixtures() throws Exception {
    for (Fixtures.Fixture fixture : Fixtures.all()) {
      for (Class<?> type : fixture.columns().isEmpty() ? PLAIN_AND_STRICT : NAMED) {
        NaiveRecord record = NaiveRecord.of(type, type == Txn.Strict.class, fixture.columns());
        NaiveSource source = NaiveSource.of(record);
        TimeUnit unit = fixture.unit();
        for (Set<String> needed : NEEDS) {
          ask(
              new DrawnCase(
                  new DrawnRecord(record, record.ownCode() ? "refuse" : "none", type.getName()),
                  unit == null ? source : source.in(unit),
                  needed,
                  new Arrivals.OfFile(fixture.file()),
                  fixture.name()),
              fixture.name());
        }
      }
    }
  }

  private void ask(DrawnCase drawn, String called) throws Exception {
    List<Door> open = doors.stream().filter(d -> isAsked(d) && d.takes(drawn.arrivals())).toList();
    if (open.isEmpty()) {
      return;
    }
    List<NaiveRow> expected;
    try {
      expected = drawn.expected();
    } catch (NaiveRefusal refusal) {
      for (Door door : open) {
        requireRefusal(door, drawn, called, refusal);
      }
      return;
    }
    for (Door door : open) {
      compare(door, drawn, called, expected);
      asked.merge(door.name(), (long) expected.size(), Long::sum);
    }
  }

  private void requireRefusal(Door door, DrawnCase drawn, String called, NaiveRefusal refusal) {
    String said;
    try {
      said = "rows: " + door.rows(drawn.source(), drawn.needed(), drawn.arrivals());
    } catch (Exception e) {
      said = String.valueOf(e.getMessage());
      if (door.refuses(
          e, drawn.arrivals(), drawn.source().record().columnOf(refusal.component()))) {
        return;
      }
    }
    tell(
        door,
        drawn,
        called,
        "the file must be refused: " + refusal.getMessage() + ", found " + said);
  }

  private boolean isAsked(Door door) {
    return differencesOf(door).size() < MOST_TOLD;
  }

  /** The fewest rows that a door was asked, of those that are still asked. */
  private long least() {
    return doors.stream()
        .filter(this::isAsked)
        .mapToLong(door -> asked.get(door.name()))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private List<String> differencesOf(Door door) {
    return Objects.requireNonNull(differences.get(door.name()));
  }

  private void compare(Door door, DrawnCase drawn, String called, List<NaiveRow> expected)
      throws Exception {
    List<Door.Outcome> found = door.rows(drawn.source(), drawn.needed(), drawn.arrivals());
    if (found.size() != expected.size()) {
      tell(door, drawn, called, expected.size() + " rows, not " + found.size());
      return;
    }
    for (int row = 0; row < expected.size(); row++) {
      if (!same(door, drawn.source().record(), expected.get(row), found.get(row))) {
        String what =
            "row %d:%n  right %s%n  found %s".formatted(row, expected.get(row), found.get(row));
        tell(door, drawn, called, what + message(drawn, row));
        return;
      }
    }
  }

  private static boolean same(
      Door door, NaiveRecord record, NaiveRow expected, Door.Outcome found) {
    if (expected.isUsable()) {
      // Bits: a Double is equal by them, a BigDecimal by its scale too.
      return found.reason() == null
          && expected.values().equals(found.values())
          && expected.notFinite().size() == found.notFinite();
    }
    Fault first = expected.faults().get(0);
    return found.reason() != null
        && door.says(
            Objects.requireNonNull(found.reason()),
            first.cause(),
            record.columnOf(first.component()));
  }

  private static String message(DrawnCase drawn, int row) {
    if (drawn.arrivals() instanceof Arrivals.OfRecords records) {
      return "%n  of %s".formatted(shown(records.records().get(row)));
    }
    if (!(drawn.arrivals() instanceof Arrivals.OfMessages of)) {
      return "";
    }
    byte[] bytes = of.messages().get(row);
    return "%n  of %s%n  %s"
        .formatted(
            java.util.HexFormat.of().formatHex(bytes),
            new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String shown(Object record) {
    try {
      return record.toString();
    } catch (RuntimeException e) {
      return "a record that can't be shown: " + e;
    }
  }

  private void tell(Door door, DrawnCase drawn, String called, String what) {
    differencesOf(door)
        .add("%s, seed %d, %s, %s%n%s".formatted(door.name(), seed, called, what, drawn));
  }

  /** At most three a door, each with seed, case, row, what is right, and the record's source. */
  public List<String> differences() {
    return differences.values().stream().flatMap(List::stream).toList();
  }

  /** Rows asked, by door. */
  public Map<String, Long> asked() {
    return Map.copyOf(asked);
  }
}
