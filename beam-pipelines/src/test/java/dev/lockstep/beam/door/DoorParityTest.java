package dev.lockstep.beam.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One row means one thing at every door (C17): files, messages, replays, loads of tables and
 * collections against the oracle's own door, over drawn record types, layouts, values and faults.
 *
 * <p>{@code -Ddoor.rows=10000000} is the long mode, {@code -Ddoor.seed} another draw.
 */
class DoorParityTest {
  private static final long SEED = Long.getLong("door.seed", 20_261_130L);
  private static final long ROWS = Long.getLong("door.rows", 24_000L);

  @TempDir Path folder;

  @Test
  void everyDoorGivesWhatTheOracleGives() throws Exception {
    DoorComparison comparison = new DoorComparison(ProductionDoors.all(), SEED);
    int rowsACase = ROWS > 1_000_000 ? 1_000 : 100;
    // So many of each door, of which there are six.
    comparison.ask(ROWS / 6, ROWS > 1_000_000 ? 2_000 : 150, rowsACase, folder);
    System.out.println("doors, seed " + SEED + ": rows " + comparison.asked());
    assertEquals(List.of(), comparison.differences(), () -> told(comparison.differences()));
  }

  @Test
  void everyDoorReadsWhatOtherToolsWrote() throws Exception {
    DoorComparison comparison = new DoorComparison(ProductionDoors.all(), SEED);
    comparison.askFixtures();
    assertEquals(List.of(), comparison.differences(), () -> told(comparison.differences()));
  }

  private static String told(List<String> differences) {
    return String.join("\n\n", differences);
  }
}
