package dev.lockstep.beam.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.naive.Cause;
import dev.lockstep.beam.naive.Fault;
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
      return DrawnCase.expected(source, needed, arrivals).stream()
          .map(mistake)
          .map(row -> outcome(source, row))
          .toList();
    }

    private static Outcome outcome(NaiveSource source, NaiveRow row) {
      String reason = null;
      if (!row.isUsable()) {
        Fault first = row.faults().get(0);
        reason = first.cause() + " [" + source.record().columnOf(first.component()) + "]";
      }
      return new Outcome(row.values(), row.notFinite().size(), reason);
    }

    @Override
    public boolean refuses(Exception thrown, Arrivals arrivals, String column) {
      return thrown instanceof NaiveRefusal refusal
          && String.valueOf(refusal.getMessage()).contains(column);
    }

    @Override
    public boolean says(String reason, Cause cause, String column) {
      return reason.equals(cause + " [" + column + "]");
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
