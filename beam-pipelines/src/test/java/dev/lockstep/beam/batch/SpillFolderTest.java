package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFolderTest {
  @TempDir Path temporary;

  /** Spills, says so, and waits until it is ended. */
  public static final class Worker {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      Path folder = SpillFolder.make("lockstep-shard-");
      Files.writeString(folder.resolve("run-0"), "rows");
      SpillFolder.remove(SpillFolder.make("lockstep-shard-"));
      System.out.println("READY");
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }

  @Test
  void isGoneWhenItsProcessIsToldToEnd() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals("READY", process.inputReader().readLine());
    List<String> spilled = names();
    assertEquals(1, spilled.size(), spilled::toString);
    assertTrue(spilled.get(0).startsWith("lockstep-shard-"), spilled::toString);
    process.destroy();
    process.waitFor();
    assertEquals(List.of(), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(temporary)) {
      return found
          .map(f -> f.getFileName().toString())
          .filter(name -> !name.startsWith("hsperfdata"))
          .sorted()
          .toList();
    }
  }
}
