package dev.lockstep.cli.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which checkpoint is the newest, also while Flink writes and removes them. */
class CheckpointsTest {
  private static final int ROUNDS = 2_000;

  @TempDir Path work;

  @Test
  void theNewestWholeOneCounts() throws Exception {
    Checkpoints checkpoints = new Checkpoints(work);
    assertEquals(Optional.empty(), checkpoints.latest());
    Path job = folder().resolve("a".repeat(32));
    Files.createDirectories(job.resolve("shared"));
    Files.createDirectories(job.resolve("chk-9")); // not whole
    Files.createFile(job.resolve("notes"));
    Files.createFile(folder().resolve("b".repeat(32)));
    assertEquals(Optional.empty(), checkpoints.latest());
    Path older = checkpoint(job, 7, 2_000);
    assertEquals(Optional.of(older), latest());
    Path newer = checkpoint(folder().resolve("c".repeat(32)), 1, 3_000);
    assertEquals(Optional.of(newer), latest());
    Path stop = checkpoint(work.resolve("savepoints"), 1, 3_000); // of one moment it came later
    assertEquals(Optional.of(stop), latest());
    assertTrue(checkpoints.latest().orElseThrow().isSavepoint());
  }

  /** Flink removes the one before as soon as the next is whole. */
  @Test
  void thoseThatAreRemovedMeanwhileAreNone() throws Exception {
    Checkpoints checkpoints = new Checkpoints(work);
    Path job = folder().resolve("a".repeat(32));
    Path kept = checkpoint(folder().resolve("b".repeat(32)), 1, 1_000);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> flink =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < ROUNDS; i++) {
                  remove(checkpoint(job, i, 2_000 + i));
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              } finally {
                done.set(true);
              }
            });
    while (!done.get()) {
      assertTrue(checkpoints.latest().isPresent());
    }
    flink.join();
    assertEquals(Optional.of(kept), latest());
  }

  private Path folder() {
    return work.resolve("checkpoints");
  }

  private Optional<Path> latest() throws IOException {
    return new Checkpoints(work).latest().flatMap(Checkpoints.Saved::local);
  }

  private static Path checkpoint(Path job, int number, long millis) throws IOException {
    Path checkpoint = Files.createDirectories(job.resolve("chk-" + number));
    Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(millis));
    return checkpoint;
  }

  private static void remove(Path checkpoint) throws IOException {
    Files.delete(checkpoint.resolve("_metadata"));
    Files.delete(checkpoint);
    Files.delete(checkpoint.getParent());
  }
}
