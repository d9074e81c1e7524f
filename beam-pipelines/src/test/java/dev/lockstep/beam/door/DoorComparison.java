package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.Fault;
import dev.lockstep.beam.naive.NaiveRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Asks doors drawn cases and holds what they answer against the oracle's own door. */
public final class DoorComparison {
  private static final int MOST_TOLD = 10;

  private final List<Door> doors;
  private final long seed;

  /** Rows that each door was asked, by its name. */
  private final Map<String, Long> asked = new TreeMap<>();

  private final List<String> differences = new ArrayList<>();

  public DoorComparison(List<Door> doors, long seed) {
    this.doors = List.copyOf(doors);
    this.seed = seed;
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
    for (Door door : doors) {
      asked.put(door.name(), 0L);
    }
    for (int i = 0; least() < rows && differences.size() < MOST_TOLD; i++) {
      Path file = folder.resolve("case.parquet");
      DrawnCase drawn = DrawnCase.draw(draws, records.get(i % types), rowsACase, file);
      List<NaiveRow> expected = drawn.expected();
      for (Door door : doors) {
        if (door.takes(drawn.arrivals())) {
          compare(door, drawn, i, expected);
          asked.merge(door.name(), (long) expected.size(), Long::sum);
        }
      }
      Files.deleteIfExists(file);
    }
  }

  private long least() {
    return asked.values().stream().min(Long::compare).orElse(Long.MAX_VALUE);
  }

  private void compare(Door door, DrawnCase drawn, int number, List<NaiveRow> expected)
      throws Exception {
    List<Door.Outcome> found = door.rows(drawn.source(), drawn.needed(), drawn.arrivals());
    if (found.size() != expected.size()) {
      tell(door, drawn, number, expected.size() + " rows, not " + found.size());
      return;
    }
    for (int row = 0; row < expected.size() && differences.size() < MOST_TOLD; row++) {
      if (!same(door, expected.get(row), found.get(row))) {
        String what = "row %d:%n  right %s%n  found %s".formatted(row, expected.get(row), found.get(row));
        tell(door, drawn, number, what + message(drawn, row));
        return;
      }
    }
  }

  private static boolean same(Door door, NaiveRow expected, Door.Outcome found) {
    if (expected.isUsable()) {
      // Bits: a Double is equal by them, a BigDecimal by its scale too.
      return found.reason() == null
          && expected.values().equals(found.values())
          && expected.notFinite().equals(found.notFinite());
    }
    Fault first = expected.faults().get(0);
    return found.reason() != null && door.says(Objects.requireNonNull(found.reason()), first);
  }

  private static String message(DrawnCase drawn, int row) {
    if (!(drawn.arrivals() instanceof Arrivals.OfMessages of)) {
      return "";
    }
    byte[] bytes = of.messages().get(row);
    return "%n  of %s%n  %s"
        .formatted(
            java.util.HexFormat.of().formatHex(bytes),
            new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
  }

  private void tell(Door door, DrawnCase drawn, int number, String what) {
    differences.add(
        "%s, seed %d, case %d, %s%n%s".formatted(door.name(), seed, number, what, drawn));
  }

  /** At most ten, each with seed, case, row, what is right, and the record's source. */
  public List<String> differences() {
    return List.copyOf(differences);
  }

  /** Rows asked, by door. */
  public Map<String, Long> asked() {
    return Map.copyOf(asked);
  }
}
