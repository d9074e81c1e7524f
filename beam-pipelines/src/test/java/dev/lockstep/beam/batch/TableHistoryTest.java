package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a table's versions with equal times the last one counts: by file, then by row (C10). */
class TableHistoryTest {
  record Swipe(String id, String card, Instant at) {}

  record Account(String card, Long credit, Instant since, boolean closed) {}

  private static final Instant T = Instant.parse("2024-05-01T12:00:00Z");
  private static final Entity<String> CARD = Entity.string("card");
  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
  private static final FeatureSet<Swipe> SET =
      FeatureSet.named("corrected")
          .forEach(SWIPES)
          .entity(CARD, Swipe::card)
          .lookup(
              Table.of(Account.class)
                  .named("accounts")
                  .by(CARD, Account::card)
                  .effectiveFrom(Account::since)
                  .deleted(Account::closed),
              "credit");

  @TempDir Path folder;

  private static Account account(String card, long credit, boolean closed) {
    return new Account(card, credit, T, closed);
  }

  private Path accounts(String name, Account... rows) throws Exception {
    return ShopHistory.write(folder.resolve(name), Account.class, List.of(rows));
  }

  private Map<String, @Nullable Object> credits(List<Path> accounts, String out) {
    Backfill.of(
            SET,
            null,
            Map.of("swipes", List.of(folder.resolve("swipes.parquet")), "accounts", accounts),
            folder.resolve(out),
            BackfillOptions.all().shards(2))
        .run(LocalRunners.direct(2));
    Map<String, @Nullable Object> credits = new java.util.TreeMap<>();
    for (LabelledVector row : TrainingSetReader.open(folder.resolve(out))) {
      credits.put(row.vector().requestId(), row.vector().values().get(0));
    }
    return credits;
  }

  @Test
  void inWhateverOrderTheFilesAreGiven() throws Exception {
    List<Swipe> swipes = new ArrayList<>();
    for (String card : List.of("rows", "files", "closed", "opened")) {
      swipes.add(new Swipe(card, card, T.plusSeconds(1)));
    }
    ShopHistory.write(folder.resolve("swipes.parquet"), Swipe.class, swipes);
    List<Path> files = new ArrayList<>();
    files.add(
        accounts(
            "a.parquet",
            account("rows", 9, false),
            account("rows", 1, false),
            account("files", 9, false),
            account("closed", 9, false),
            account("opened", 9, true)));
    files.add(
        accounts(
            "b.parquet",
            account("files", 2, false),
            account("closed", 3, true),
            account("opened", 4, false)));
    Map<String, @Nullable Object> expected = new java.util.TreeMap<>();
    expected.put("rows", 1L);
    expected.put("files", 2L);
    expected.put("closed", null);
    expected.put("opened", 4L);
    assertEquals(expected, credits(files, "one"));
    Collections.reverse(files);
    assertEquals(expected, credits(files, "two"));
  }
}
