package dev.lockstep.beam.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose leftovers go, and whose stay. */
class RunLockTest {
  @TempDir Path home;

  private TrainingSetFolder run(String name) {
    return new TrainingSetFolder(home.resolve("set").toString(), name, false);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void leave(String name) throws IOException {
    Files.createDirectories(home.resolve("set.tmp-" + name + "/rejected"));
    Files.createDirectories(home.resolve("set.tmp-" + name + ".progress"));
    Files.writeString(home.resolve("set.tmp-" + name + "/part-00000.parquet"), "half");
  }

  @Test
  void removesWhatADeadRunLeftAndKeepsALivingOne() throws IOException {
    leave("dead");
    Files.writeString(home.resolve("set.tmp-dead.lock"), "");
    leave("unknown"); // of a run that never locked: not ours to remove
    try (RunLock alive = RunLock.take(run("alive"))) {
      leave("alive");
      try (RunLock own = RunLock.take(run("own"))) {
        assertEquals(
            List.of(
                "set.tmp-alive",
                "set.tmp-alive.lock",
                "set.tmp-alive.progress",
                "set.tmp-own.lock",
                "set.tmp-unknown",
                "set.tmp-unknown.progress"),
            left());
      }
    }
    assertEquals(
        List.of(
            "set.tmp-alive",
            "set.tmp-alive.progress",
            "set.tmp-unknown",
            "set.tmp-unknown.progress"),
        left());
  }

  @Test
  void aSetOfAnotherNameIsLeftAlone() throws IOException {
    Files.createDirectories(home.resolve("settle.tmp-dead"));
    Files.writeString(home.resolve("settle.tmp-dead.lock"), "");
    try (RunLock own = RunLock.take(run("own"))) {
      assertEquals(List.of("set.tmp-own.lock", "settle.tmp-dead", "settle.tmp-dead.lock"), left());
    }
  }
}
