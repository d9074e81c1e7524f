package dev.lockstep.examples.fraud;

import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.examples.history.HistoryFolder;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Stolen cards: the model learns from the first days of a simulated month, the rest is replayed.
 */
public final class FraudProject implements Project {
  /** Raise the number when what {@link FraudSimulation} gives changes. */
  private static final String HISTORY = "history-1";

  static final long SEED = 20240301;
  private static final int REPLAYED_DAYS = 6;

  @Override
  public String name() {
    return "fraud";
  }

  @Override
  public String description() {
    return "Simulated card swipes: is the card stolen? Blocks the transaction where it seems so.";
  }

  @Override
  public FeatureSet<?> featureSet() {
    return FraudFeatures.FRAUD;
  }

  @Override
  public Label<?> label() {
    return FraudFeatures.FRAUDULENT;
  }

  @Override
  public String action() {
    return "block_transaction";
  }

  @Override
  public History history(Path directory) throws IOException {
    Path folder = HistoryFolder.of(directory, HISTORY, f -> make(f, SEED, Town.DAYS));
    Instant end = Town.START.plus(Duration.ofDays(Town.DAYS));
    Instant replayFrom = end.minus(Duration.ofDays(REPLAYED_DAYS));
    return new History(
        Map.of(
            "swipes", List.of(folder.resolve("swipes.parquet")),
            "accounts", List.of(folder.resolve("accounts.parquet")),
            "settlements", List.of(folder.resolve("settlements.parquet"))),
        replayFrom,
        replayFrom,
        end);
  }

  /** Writes swipes.parquet, accounts.parquet and settlements.parquet into a folder. */
  static void make(Path folder, long seed, int days) throws IOException {
    FraudSimulation.Month month = FraudSimulation.run(seed, days);
    write(Swipe.class, folder.resolve("swipes.parquet"), month.swipes());
    write(Account.class, folder.resolve("accounts.parquet"), month.accounts());
    write(Settlement.class, folder.resolve("settlements.parquet"), month.settlements());
  }

  private static <T> void write(Class<T> type, Path file, List<T> rows) throws IOException {
    try (RecordParquetWriter<T> writer = RecordParquetWriter.open(type, file)) {
      for (T row : rows) {
        writer.write(row);
      }
    }
  }
}
