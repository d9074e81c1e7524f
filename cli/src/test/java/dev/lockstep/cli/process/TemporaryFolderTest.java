package dev.lockstep.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir Path parent;

  /** Makes a folder with something in it, says so, and waits until it is ended. */
  public static final class Worker {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      try (Cleanup cleanup = new Cleanup()) {
        Path made = cleanup.add(TemporaryFolder.in(Path.of(arguments[0]), "work-")).path();
        // As a runner's threads do: on and on, while the process is told to end.
        Thread writer = new Thread(() -> write(made), "writer");
        writer.setDaemon(true);
        writer.start();
        System.out.println("READY");
        System.out.flush();
        new CountDownLatch(1).await();
      }
    }

    private static void write(Path folder) {
      for (int i = 0; true; i++) {
        try {
          Files.writeString(folder.resolve("part-" + i % 1000), "rows");
        } catch (IOException e) {
          return; // the folder is gone
        }
      }
    }
  }

  private Process worker() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                parent.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals("READY", process.inputReader().readLine());
    return process;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(parent)) {
      return found.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void isGoneWhenItsProcessIsToldToEnd() throws Exception {
    Process process = worker();
    assertEquals(1, names().size());
    process.destroy();
    process.waitFor();
    assertEquals(List.of(), names());
  }

  @Test
  void whatAKilledProcessLeftGoesWithTheNext() throws Exception {
    Process alive = worker();
    String ofAlive = names().get(0);
    Process killed = worker();
    try {
      killed.destroyForcibly().waitFor();
      assertEquals(2, names().size());
      Files.createDirectory(parent.resolve("mine"));
      try (TemporaryFolder made = TemporaryFolder.in(parent, "other-")) {
        List<String> names = names();
        assertEquals(3, names.size(), names::toString);
        assertTrue(names.contains(ofAlive), names::toString);
        assertTrue(names.contains("mine"), names::toString);
        assertTrue(names.contains(made.path().getFileName().toString()), names::toString);
        // A second one of this process leaves the first its lock.
        TemporaryFolder.in(parent, "other-").close();
        assertTrue(Files.exists(made.path()));
      }
    } finally {
      alive.destroy();
      alive.waitFor();
    }
    assertEquals(List.of("mine"), names());
  }

  @Test
  void whatIsKeptStays() throws IOException {
    Path kept = TemporaryFolder.in(parent, "demo-").keep();
    TemporaryFolder other = TemporaryFolder.in(parent, "demo-");
    other.close();
    assertTrue(Files.exists(kept));
    assertFalse(Files.exists(other.path()));
  }
}
