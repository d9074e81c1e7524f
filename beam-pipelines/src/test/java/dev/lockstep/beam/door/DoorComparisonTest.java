package dev.lockstep.beam.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.naive.Fault;
import dev.lockstep.beam.naive.NaiveDoor;
import dev.lockstep.beam.naive.NaiveMessages;
import dev.lockstep.beam.naive.NaiveParquet;
import dev.lockstep.beam.naive.NaiveRefusal;
import dev.lockstep.beam.naive.NaiveRow;
import dev.lockstep.beam.naive.NaiveSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison finds nothing in a door that is the oracle's own, and finds a door's mistakes. */
class DoorComparisonTest {
  private static final long SEED = 7;

  @TempDir Path folder;

  /** The oracle's own door with a mistake. */
  private record Mirror(String name, UnaryOperator<NaiveRow> mistake) implements Door {
    @Override
    public boolean takes(Arrivals arrivals) {
      return true;
    }

    @Override
    public List<Outcome> rows(NaiveSource source, Set<String> needed, Arrivals arrivals) {
      NaiveDoor door = new NaiveDoor(source, needed);
      List<NaiveRow> rows =
          arrivals instanceof Arrivals.OfMessages of
              ? of.messages().stream().map(new NaiveMessages(door, of.writers())::read).toList()
              : new NaiveParquet(door).read(((Arrivals.OfFile) arrivals).file());
      return rows.stream()
          .map(mistake)
          .map(
              row ->
                  new Outcome(
                      row.values(),
                      row.notFinite(),
                      row.isUsable() ? null : row.faults().get(0).toString()))
          .toList();
    }

    @Override
    public boolean refuses(Exception thrown, String component) {
      return thrown instanceof NaiveRefusal refusal && refusal.component().equals(component);
    }

    @Override
    public boolean says(String reason, Fault fault) {
      return reason.startsWith(
          fault.cause() + (fault.component().isEmpty() ? "" : " [" + fault.component() + "]"));
    }
  }

  @Test
  void fixturesAreAskedToo() throws Exception {
    Mirror lost = new Mirror("lost", row -> changed(row, v -> v instanceof Long ? null : v));
    DoorComparison comparison = new DoorComparison(List.of(lost), SEED);
    comparison.askFixtures();
    assertEquals(3, comparison.differences().size());
    assertTrue(comparison.differences().get(0).contains(".parquet"));
  }

  @Test
  void mistakesAreFoundAndARightDoorHasNone() throws Exception {
    List<Door> doors =
        List.of(
            new Mirror("right", UnaryOperator.identity()),
            new Mirror("ulp", row -> changed(row, v -> v instanceof Double d ? Math.nextUp(d) : v)),
            new Mirror(
                "micro",
                row -> changed(row, v -> v instanceof Instant at ? at.plusNanos(1_000) : v)),
            new Mirror(
                "empty", row -> changed(row, v -> v instanceof String s && s.isEmpty() ? null : v)),
            new Mirror("uncounted", row -> new NaiveRow(row.values(), List.of(), row.faults())),
            new Mirror(
                "admitted",
                row -> row.isUsable() ? row : new NaiveRow(row.values(), List.of(), List.of())),
            new Mirror(
                "other reason",
                row ->
                    row.faults().size() > 1
                        ? new NaiveRow(Map.of(), List.of(), row.faults().subList(1, 2))
                        : row));
    DoorComparison comparison = new DoorComparison(doors, SEED);
    comparison.ask(3_000, 20, 40, folder);
    assertTrue(comparison.asked().get("right") >= 3_000);
    for (Door door : doors) {
      List<String> found =
          comparison.differences().stream().filter(d -> d.startsWith(door.name() + ", ")).toList();
      assertEquals(door.name().equals("right") ? 0 : 3, found.size(), door.name() + ": " + found);
      assertTrue(found.stream().allMatch(d -> d.contains("seed " + SEED)), found::toString);
    }
  }

  private static NaiveRow changed(NaiveRow row, UnaryOperator<Object> change) {
    Map<String, Object> values = new LinkedHashMap<>();
    row.values().forEach((name, value) -> values.put(name, change.apply(value)));
    return new NaiveRow(values, row.notFinite(), row.faults());
  }
}
