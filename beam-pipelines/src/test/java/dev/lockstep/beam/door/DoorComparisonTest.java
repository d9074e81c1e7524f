package dev.lockstep.beam.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
  private record Mirror(UnaryOperator<NaiveRow> mistake) implements Door {
    @Override
    public String name() {
      return "mirror";
    }

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
          .map(row -> new Outcome(row.values(), row.notFinite(), row.isUsable() ? null : row.faults().get(0).toString()))
          .toList();
    }

    @Override
    public boolean refuses(Exception thrown, String component) {
      return thrown instanceof NaiveRefusal refusal && refusal.component().equals(component);
    }

    @Override
    public boolean says(String reason, Fault fault) {
      return reason.startsWith(fault.cause() + (fault.component().isEmpty() ? "" : " [" + fault.component() + "]"));
    }
  }

  @Test
  void fixturesAreAskedToo() throws Exception {
    Mirror lost = new Mirror(row -> changed(row, v -> v instanceof Long ? null : v));
    DoorComparison wrong = new DoorComparison(List.of(lost), SEED);
    wrong.askFixtures();
    assertFalse(wrong.differences().isEmpty());
  }

  @Test
  void aRightDoorHasNoDifferences() throws Exception {
    DoorComparison comparison = ask(UnaryOperator.identity());
    assertEquals(List.of(), comparison.differences());
    assertTrue(comparison.asked().get("mirror") >= 3_000);
  }

  @Test
  void mistakesAreFound() throws Exception {
    assertFound(row -> changed(row, v -> v instanceof Double d ? Math.nextUp(d) : v));
    assertFound(row -> changed(row, v -> v instanceof Instant at ? at.plusNanos(1_000) : v));
    assertFound(row -> changed(row, v -> v instanceof String s && s.isEmpty() ? null : v));
    assertFound(row -> new NaiveRow(row.values(), List.of(), row.faults()));
    assertFound(row -> row.isUsable() ? row : new NaiveRow(row.values(), List.of(), List.of()));
    assertFound(row -> row.faults().size() > 1 ? new NaiveRow(Map.of(), List.of(), row.faults().subList(1, 2)) : row);
  }

  private void assertFound(UnaryOperator<NaiveRow> mistake) throws Exception {
    List<String> differences = ask(mistake).differences();
    assertFalse(differences.isEmpty());
    assertTrue(differences.get(0).contains("seed " + SEED), differences.get(0));
  }

  private DoorComparison ask(UnaryOperator<NaiveRow> mistake) throws Exception {
    DoorComparison comparison = new DoorComparison(List.of(new Mirror(mistake)), SEED);
    comparison.ask(3_000, 20, 40, folder);
    return comparison;
  }

  private static NaiveRow changed(NaiveRow row, UnaryOperator<Object> change) {
    Map<String, Object> values = new LinkedHashMap<>();
    row.values().forEach((name, value) -> values.put(name, change.apply(value)));
    return new NaiveRow(values, row.notFinite(), row.faults());
  }
}
