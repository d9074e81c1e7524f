package dev.lockstep.beam.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.naive.Cause;
import dev.lockstep.beam.naive.Fault;
import dev.lockstep.beam.naive.NaiveRefusal;
import dev.lockstep.beam.naive.NaiveRow;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drawn cases are worth asking: each cause, each way in and each kind of code comes, and most
 * rows are usable.
 */
class DrawnCasesTest {
  private static final long SEED = 20_261_130L;
  private static final int TYPES = 120;

  @TempDir Path folder;

  @Test
  void everyCauseComesAndMostRowsAreUsable() throws Exception {
    Draws draws = new Draws(new Random(SEED));
    List<DrawnRecord> records = new RecordCompiler(folder).draw(draws, TYPES);
    Map<Cause, Integer> causes = new EnumMap<>(Cause.class);
    Map<String, Integer> kinds = new TreeMap<>();
    int rows = 0;
    int usable = 0;
    for (int i = 0; i < 4 * TYPES; i++) {
      DrawnRecord record = records.get(i % TYPES);
      DrawnCase drawn = DrawnCase.draw(draws, record, 50, folder.resolve(i + ".parquet"));
      kinds.merge(record.code(), 1, Integer::sum);
      kinds.merge(drawn.arrivals().getClass().getSimpleName(), 1, Integer::sum);
      List<NaiveRow> expected;
      try {
        expected = drawn.expected();
      } catch (NaiveRefusal e) {
        kinds.merge("refused", 1, Integer::sum);
        continue;
      }
      assertEquals(50, expected.size(), drawn::toString);
      for (NaiveRow row : expected) {
        rows++;
        usable += row.isUsable() ? 1 : 0;
        for (Fault fault : row.faults()) {
          causes.merge(fault.cause(), 1, Integer::sum);
        }
        kinds.merge("not finite", row.notFinite().size(), Integer::sum);
      }
    }
    String told = "seed " + SEED + ": " + usable + " of " + rows + ", " + causes + ", " + kinds;
    assertEquals(Cause.values().length, causes.size(), told);
    assertTrue(usable > rows / 2 && usable < rows, told);
    for (String kind :
        List.of(
            "none",
            "lower",
            "refuse",
            "require",
            "accessor",
            "accessor throws",
            "empty loop",
            "OfFile",
            "OfMessages",
            "OfRecords",
            "refused",
            "not finite")) {
      assertTrue(kinds.getOrDefault(kind, 0) > 0, kind + "; " + told);
    }
  }
}
