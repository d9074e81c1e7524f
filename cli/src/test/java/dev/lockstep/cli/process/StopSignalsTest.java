package dev.lockstep.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does that is told to end while something must end in order. */
class StopSignalsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** A process whose orderly end takes for ever. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] arguments) throws Exception {
      ParentWatch.startIfChild();
      CountDownLatch never = new CountDownLatch(1);
      Runnable orderly =
          () -> {
            System.out.println("ending in order");
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      try (StopSignals signals = new StopSignals(orderly)) {
        System.out.println("READY " + signals);
        never.await();
      }
    }
  }

  @Test
  void theFirstSignalBeginsAnOrderlyEndAndTheSecondEndsAtOnce() throws Exception {
    try (ChildJvm child =
        ChildJvm.start(
            new ChildJvm.Start(
                "endless",
                System.getProperty("java.class.path"),
                List.of(),
                Endless.class.getName(),
                List.of()),
            folder)) {
      child.awaitReady(PATIENCE);
      ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
      process.destroy();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!Files.readString(folder.resolve("endless.log")).contains("ending in order")) {
        assertTrue(System.nanoTime() < deadline, "no orderly end");
        Thread.sleep(50);
      }
      child.checkAlive();
      process.destroy();
      assertEquals(130, child.waitFor());
    }
  }
}
