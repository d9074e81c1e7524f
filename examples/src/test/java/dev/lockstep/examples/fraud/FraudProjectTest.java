package dev.lockstep.examples.fraud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.examples.ParquetRows;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FraudProjectTest {
  @TempDir Path folder;

  @Test
  void theFilesHoldWhatTheSimulationGives() throws IOException {
    FraudProject.make(folder, 7, 2);
    FraudSimulation.Month month = FraudSimulation.run(7, 2);

    try (ParquetRows rows = ParquetRows.open(folder.resolve("swipes.parquet"))) {
      for (Swipe expected : month.swipes()) {
        GenericRecord row = Objects.requireNonNull(rows.next());
        assertEquals(
            expected,
            new Swipe(
                row.get("id").toString(),
                (Long) row.get("sequence"),
                row.get("card").toString(),
                row.get("merchant").toString(),
                (Double) row.get("amount"),
                Micros.toInstant((Long) row.get("at")),
                Micros.toInstant((Long) row.get("receivedAt"))));
      }
      assertEquals(null, rows.next());
    }
    assertEquals(month.accounts().size(), count(folder.resolve("accounts.parquet")));
    assertEquals(month.settlements().size(), count(folder.resolve("settlements.parquet")));
  }

  private static int count(Path file) throws IOException {
    int count = 0;
    try (ParquetRows rows = ParquetRows.open(file)) {
      while (rows.next() != null) {
        count++;
      }
    }
    return count;
  }

  @Test
  void theHistoryHasAFileForEverySourceAndTable() throws IOException {
    var project = new FraudProject();
    var history = project.history(folder);

    assertEquals(
        List.of("accounts", "settlements", "swipes"),
        history.files().keySet().stream().sorted().toList());
    assertEquals(history, project.history(folder));
  }
}
