package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.batch.BackfillListener;
import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.FlinkSettings;
import dev.lockstep.cli.process.LocalFlinkCluster;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Projects;
import dev.lockstep.examples.fraud.Account;
import dev.lockstep.examples.fraud.Settlement;
import dev.lockstep.examples.fraud.Swipe;
import dev.lockstep.project.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small backfill on every runner, a Flink cluster of separate processes among them. */
class RunnerRaceTest {
  private static final long SEED = 7;
  private static final int ROWS = 3000;
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

  @TempDir Path folder;

  private final Definition definition = Definition.of(Projects.named("fraud"), null);

  private History history() throws IOException {
    Random random = new Random(SEED);
    List<Swipe> swipes = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      swipes.add(swipe(i, random));
    }
    Path file = folder.resolve("swipes.parquet");
    write(Swipe.class, file, swipes);
    write(Account.class, folder.resolve("accounts.parquet"), List.of());
    write(Settlement.class, folder.resolve("settlements.parquet"), List.of());
    Map<String, List<Path>> files = new HashMap<>();
    files.put("swipes", List.of(file));
    files.put("accounts", List.of(folder.resolve("accounts.parquet")));
    files.put("settlements", List.of(folder.resolve("settlements.parquet")));
    Instant end = START.plusSeconds(ROWS * 60L);
    return new History(files, end, end, end);
  }

  private static Swipe swipe(int i, Random random) {
    Instant at = START.plusSeconds(i * 60L);
    return new Swipe(
        "s" + i,
        i,
        "c" + random.nextInt(20),
        "m" + random.nextInt(5),
        Math.round(random.nextDouble() * 10_000) / 100.0,
        at,
        at.plusMillis(random.nextInt(90_000)));
  }

  private static <T> void write(Class<T> type, Path file, List<T> rows) throws IOException {
    try (RecordParquetWriter<T> writer = RecordParquetWriter.open(type, file)) {
      for (T row : rows) {
        writer.write(row);
      }
    }
  }

  @Test
  void everyRunnerGivesTheSameRows() throws Exception {
    try (Cleanup cleanup = new Cleanup()) {
      List<RunnerRace.Result> results =
          new RunnerRace(definition, history(), folder.resolve("race"), folder.resolve("logs"))
              // No settlement tells until when they go, and a label has an end: said outright.
              .run(START.plusSeconds(ROWS * 60L).plus(Duration.ofDays(6)), r -> {}, cleanup);
      assertEquals(4, results.size());
      for (RunnerRace.Result result : results) {
        assertEquals(List.of(), result.comparison().differences(), result.runner());
        assertEquals(ROWS, result.comparison().rows(), result.runner());
      }
    }
  }

  @Test
  void aClusterSaysWhichFileIsDamagedAndLeavesNothing() throws Exception {
    History history = history();
    Path damaged = folder.resolve("swipes.parquet");
    byte[] bytes = Files.readAllBytes(damaged);
    Arrays.fill(bytes, 4, bytes.length / 3, (byte) 0x5A); // pages; the footer stays whole
    Files.write(damaged, bytes);
    try (Cleanup cleanup = new Cleanup();
        LocalFlinkCluster cluster =
            LocalFlinkCluster.start(
                FlinkSettings.of(1, 1), folder.resolve("flink"), folder.resolve("logs"), cleanup)) {
      BackfillRun run = new BackfillRun(definition, history, folder.resolve("work"), 1);
      ClusterJob job =
          new ClusterJob(cluster.master(), ClusterJob.AUTO, 1, folder.resolve("client"), "test");
      var options = job.options();
      Exception failed =
          assertThrows(
              Exception.class,
              () ->
                  run.run(options, folder.resolve("sets/out"), null, false, BackfillListener.NONE));
      assertTrue(chain(failed).contains(damaged + " can't be read"), chain(failed));
      var tooMany =
          new ClusterJob(cluster.master(), ClusterJob.AUTO, 2, folder.resolve("client"), "test");
      assertTrue(
          assertThrows(CommandException.class, tooMany::options)
              .getMessage()
              .contains("--parallelism 2 needs as many"));
    }
    try (Stream<Path> left = Files.list(folder.resolve("sets"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void saysWhenNoClusterAnswersOrTheAddressIsNone() {
    for (String master : List.of("127.0.0.1:1", "somewhere", "http://127.0.0.1:1")) {
      var job = new ClusterJob(master, ClusterJob.AUTO, 1, folder, "test");
      String message = assertThrows(CommandException.class, job::options).getMessage();
      assertTrue(message.contains("cure:"), message);
      assertFalse(message.contains("null"), message);
    }
  }

  private static String chain(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      text.append(t).append('\n');
    }
    return text.toString();
  }
}
