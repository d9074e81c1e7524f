package dev.lockstep.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the servers as a child process and ends it in every way a parent may. */
class ServersMainTest {

  private static final Pattern READY =
      Pattern.compile("READY kafka=(127\\.0\\.0\\.1:\\d+) redis=(redis://127\\.0\\.0\\.1:\\d+)");
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path scratch;
  private Path temporary;
  private Path data;
  private Process servers;
  private BufferedReader output;

  @BeforeEach
  void makeDirectories() throws IOException {
    temporary = Files.createDirectory(scratch.resolve("tmp"));
    data = scratch.resolve("data");
  }

  @AfterEach
  void killWhatAFailedTestLeft() {
    if (servers != null) {
      servers.destroyForcibly();
    }
  }

  @Test
  void endOfInputStopsBothServersAndLeavesNothing() throws Exception {
    Matcher ready = startServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", ready.group(1)));
        RedisSocket redis = new RedisSocket(ready.group(2))) {
      assertEquals(1, admin.describeCluster().nodes().get().size());
      assertEquals("+PONG", redis.send("PING"));
    }
    List<ProcessHandle> children = servers.descendants().toList();
    assertTrue(children.stream().anyMatch(ServersMainTest::isRedis), "Redis is a child");
    servers.getOutputStream().close();
    assertEquals(0, exitCode());
    assertNull(output.readLine(), "READY is the only line printed");
    assertEquals(List.of(), children.stream().filter(ProcessHandle::isAlive).toList());
    assertNothingLeft();
    assertFalse(Files.exists(data), "the data directory was made by the servers");
  }

  @Test
  void terminationStopsBothServersAndKeepsADirectoryOfOthers() throws Exception {
    Files.createDirectory(data);
    Path foreign = Files.writeString(data.resolve("notes.txt"), "not ours");
    startServers();
    servers.destroy();
    assertEquals(0, exitCode());
    assertNothingLeft();
    assertEquals(List.of(foreign), entries(data));
  }

  @Test
  void killingTheProcessOutrightLeavesNoRedisAndNoFiles() throws Exception {
    startServers();
    ProcessHandle redis =
        servers.descendants().filter(ServersMainTest::isRedis).findFirst().orElseThrow();
    assertTrue(redis.isAlive());
    servers.destroyForcibly();
    exitCode();
    awaitTrue("Redis is gone", () -> !redis.isAlive());
    awaitTrue("temporary files are gone", () -> entries(temporary).isEmpty());
    awaitTrue("the broker's files are gone", () -> entries(data).isEmpty());
  }

  @Test
  void inputThatEndedBeforeTheStartStopsThemToo() throws Exception {
    startServersWith("--data", data.toString());
    servers.getOutputStream().close();
    assertEquals(0, exitCode());
    assertNothingLeft();
  }

  @Test
  void wrongArgumentsAreRefused() throws Exception {
    startServersWith("--directory", data.toString());
    assertEquals(2, exitCode());
    assertNull(output.readLine());
    assertFalse(Files.exists(data));
  }

  private Matcher startServers() throws IOException {
    startServersWith("--data", data.toString());
    String line = output.readLine();
    assertNotNull(line, "the servers ended before they were ready");
    Matcher ready = READY.matcher(line);
    assertTrue(ready.matches(), line);
    return ready;
  }

  private void startServersWith(String... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-Djava.io.tmpdir=" + temporary,
                    "-cp",
                    System.getProperty("java.class.path"),
                    ServersMain.class.getName()),
                Stream.of(arguments))
            .toList();
    Path log = Path.of("target", "surefire-reports", getClass().getName() + "-child.txt");
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(command);
    servers = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    output = servers.inputReader(StandardCharsets.UTF_8);
  }

  private int exitCode() throws InterruptedException {
    assertTrue(servers.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS), "the process ends");
    return servers.exitValue();
  }

  private void assertNothingLeft() {
    assertEquals(List.of(), entries(temporary));
  }

  private static boolean isRedis(ProcessHandle process) {
    return process.info().command().orElse("").contains("redis-server");
  }

  private static List<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitTrue(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what + " before the deadline");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
