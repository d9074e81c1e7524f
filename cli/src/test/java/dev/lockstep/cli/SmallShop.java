package dev.lockstep.cli;

import static dev.lockstep.define.Expressions.field;

import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.examples.fraud.Account;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.examples.fraud.Settlement;
import dev.lockstep.examples.fraud.Swipe;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The example's features over a history so small that every command takes a moment. */
public final class SmallShop implements Project {
  static final int SWIPES = 1500;
  private static final long SEED = 11;
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

  @Override
  public String name() {
    return "small";
  }

  @Override
  public String description() {
    return "a small shop";
  }

  @Override
  public FeatureSet<?> featureSet() {
    return FraudFeatures.FRAUD;
  }

  @Override
  public Label<?> label() {
    // Without an end: its few days are all old enough.
    return Label.from(FraudFeatures.SETTLEMENTS)
        .on(Settlement::swipe)
        .is("fraud", field(Settlement::fraud));
  }

  @Override
  public String action() {
    return "block_card";
  }

  @Override
  public History history(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path swipes = directory.resolve("swipes.parquet");
    Path settlements = directory.resolve("settlements.parquet");
    Path accounts = directory.resolve("accounts.parquet");
    if (!Files.exists(accounts)) {
      write(swipes, settlements);
      RecordParquetWriter.open(Account.class, accounts).close();
    }
    Instant end = START.plusSeconds(SWIPES * 600L);
    return new History(
        Map.of(
            "swipes",
            List.of(swipes),
            "settlements",
            List.of(settlements),
            "accounts",
            List.of(accounts)),
        end,
        end,
        end);
  }

  private static void write(Path swipesFile, Path settlementsFile) throws IOException {
    Random random = new Random(SEED);
    List<Swipe> swipes = new ArrayList<>();
    List<Settlement> settlements = new ArrayList<>();
    for (int i = 0; i < SWIPES; i++) {
      Instant at = START.plusSeconds(i * 600L);
      double amount = Math.round(random.nextDouble() * 10_000) / 100.0;
      swipes.add(
          new Swipe("s" + i, i, "c" + random.nextInt(20), "m" + random.nextInt(5), amount, at, at));
      boolean fraud = amount + 20 * random.nextGaussian() > 80;
      settlements.add(new Settlement("s" + i, at.plusSeconds(3_600), fraud));
    }
    try (RecordParquetWriter<Swipe> writer = RecordParquetWriter.open(Swipe.class, swipesFile)) {
      for (Swipe swipe : swipes) {
        writer.write(swipe);
      }
    }
    try (RecordParquetWriter<Settlement> writer =
        RecordParquetWriter.open(Settlement.class, settlementsFile)) {
      for (Settlement settlement : settlements) {
        writer.write(settlement);
      }
    }
  }
}
