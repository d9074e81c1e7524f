package dev.lockstep.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes: ready, failing, stopped, and orphaned. */
class ChildJvmTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path logs;

  /** A child: says it is ready and waits for ever, or fails at once. */
  public static final class Child {
    public static void main(String[] arguments) throws InterruptedException {
      ParentWatch.startIfChild();
      if (arguments[0].equals("fail")) {
        System.err.println("the reason");
        System.exit(3);
      }
      System.out.println("something else");
      System.out.println("READY port=7");
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }

  /** A parent: starts a child, tells its process id, and waits for ever. */
  public static final class Parent {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      ChildJvm child = ChildJvm.start(start("wait"), Path.of(arguments[0]));
      child.awaitReady(LONG);
      Files.writeString(Path.of(arguments[0]).resolve("pid.tmp"), Long.toString(child.pid()));
      Files.move(Path.of(arguments[0]).resolve("pid.tmp"), Path.of(arguments[0]).resolve("pid"));
      new CountDownLatch(1).await();
    }
  }

  /** A parent whose child speaks for itself. */
  public static final class Showing {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      try (Cleanup cleanup = new Cleanup()) {
        System.exit(ChildJvm.runShown(start(arguments[0]), cleanup));
      }
    }
  }

  private static ChildJvm.Start start(String argument) {
    return new ChildJvm.Start(
        "child",
        System.getProperty("java.class.path"),
        List.of("-Xmx32m", "-XX:TieredStopAtLevel=1"),
        Child.class.getName(),
        List.of(argument));
  }

  @Test
  void tellsWhatFollowsReadyAndEndsWhenClosed() throws Exception {
    ChildJvm child = ChildJvm.start(start("wait"), logs);
    assertEquals("port=7", child.awaitReady(LONG));
    child.checkAlive();
    ProcessHandle handle = ProcessHandle.of(child.pid()).orElseThrow();
    child.close();
    assertFalse(handle.isAlive());
    child.close();
    assertTrue(Files.readString(logs.resolve("child.log")).contains("something else"));
  }

  @Test
  void aChildThatFailsIsReportedWithItsLog() throws Exception {
    try (ChildJvm child = ChildJvm.start(start("fail"), logs)) {
      ChildFailedException e =
          assertThrows(ChildFailedException.class, () -> child.awaitReady(LONG));
      assertTrue(e.getMessage().contains("exit code 3"), e.getMessage());
      assertTrue(e.getMessage().contains("the reason"), e.getMessage());
      assertThrows(ChildFailedException.class, child::checkAlive);
    }
  }

  @Test
  void aChildThatIsShownPrintsWhereItsParentDoes() throws Exception {
    Process parent = showing("fail");
    assertEquals(3, parent.waitFor());
    assertTrue(Files.readString(logs.resolve("shown")).contains("the reason"));
  }

  @Test
  void aChildThatIsShownEndsWhenItsParentIsTerminated() throws Exception {
    Process parent = showing("wait");
    try {
      long deadline = System.nanoTime() + LONG.toNanos();
      while (!Files.readString(logs.resolve("shown")).contains("READY")
          && parent.isAlive()
          && System.nanoTime() < deadline) {
        parent.waitFor(20, TimeUnit.MILLISECONDS);
      }
      ProcessHandle child = parent.children().findFirst().orElseThrow();
      parent.destroy();
      child.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
      assertTrue(parent.waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
    } finally {
      parent.destroyForcibly();
    }
  }

  /** A process of its own, since what is shown would mix with this one's reports. */
  private Process showing(String argument) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Showing.class.getName(),
            argument)
        .redirectErrorStream(true)
        .redirectOutput(logs.resolve("shown").toFile())
        .start();
  }

  @Test
  void aChildEndsWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                logs.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Path pid = logs.resolve("pid");
      long deadline = System.nanoTime() + LONG.toNanos();
      while (!Files.exists(pid) && parent.isAlive() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
        parent.waitFor(20, TimeUnit.MILLISECONDS);
      }
      ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
      assertTrue(child.isAlive());
      parent.destroyForcibly().waitFor();
      child.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
      assertFalse(child.isAlive());
    } finally {
      parent.destroyForcibly();
    }
  }
}
