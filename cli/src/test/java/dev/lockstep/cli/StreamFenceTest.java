package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.run.StreamProcess;
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What keeps a stream's state its own, on a real broker, Redis and Flink. */
class StreamFenceTest {
  @TempDir static Path folder;

  private static LocalKafka kafka;
  private static LocalRedis redis;

  private record Run(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(folder.resolve("kafka"));
    redis = LocalRedis.start();
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
    kafka.close();
  }

  /** A mistyped topic looks like a stream that works: it is refused, and nothing is made. */
  @Test
  void aTopicThatIsNotThereIsNamedAndNotMade() throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topic("landing_"))).all().get();
    }
    for (String dry : List.of("--dry-run", "")) {
      String err = refused(5, "stream", "flights", dry, "--work", folder + "/typo");
      assertTrue(err.contains("has no topic flights, landings, which flight_delays_v1 reads"), err);
      assertTrue(err.contains("; there is landing_\n"), err);
      assertTrue(err.contains("--make-topics"), err);
    }
    Topics broker = new Topics(kafka.bootstrapServers());
    assertEquals(2, broker.missing(List.of("flights", "flight_delays_v1.vectors")).size());
    Run made = run("stream", "flights", "--dry-run", "--make-topics");
    assertEquals(0, made.code, made.err);
    assertTrue(made.out.contains("make the topics [flights"), made.out);
  }

  /** One stream's state, from its first start on: each refusal comes before anything is made. */
  @Test
  void aWorkFolderIsOneStreams() throws Exception {
    Path work = folder.resolve("work");
    long pid;
    try (ChildJvm stream = ChildJvm.start(fraud(work), folder.resolve("logs"))) {
      stream.awaitReady(StreamProcess.PATIENCE);
      pid = stream.pid();
      StreamProcess.awaitCheckpoint(work);
      String running = "a stream is running on " + work + " already: process " + pid;
      for (String dry : List.of("", "--dry-run")) {
        String err = refused(2, "stream", "fraud", dry, "--work", work.toString());
        assertTrue(err.contains(running), err);
        err = refused(2, "stream", "flights", dry, "--work", work.toString());
        assertTrue(err.contains(running), err);
      }
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
    String text = Files.readString(work.resolve("stream.json"));
    assertTrue(text.contains("fraud_v1"), text);
    for (String dry : List.of("", "--dry-run")) {
      String at = work.toString();
      String err = refused(4, "stream", "flights", dry, "--make-topics", "--work", at);
      assertTrue(err.contains("another feature set: flight_delays_v1, not fraud_v1"), err);
      assertTrue(err.contains("cure: give another --work folder"), err);
      err = refused(4, "stream", "fraud", dry, "--emit", "onArrival", "--work", at);
      assertTrue(err.contains("the emission is onArrival(), not ordered()"), err);
    }
    assertEquals(
        List.of("flights"),
        new Topics(kafka.bootstrapServers()).missing(List.of("flights", "swipes")));
    String live = refused(4, "stream", "fraud", "--replay", "--work", work.toString());
    assertTrue(live.contains("the topics hold a replay (--replay), and were live"), live);
    // What may change without harm, and the stream itself, is let in.
    Run same = run("stream", "fraud", "--dry-run", "--work", work.toString(), "--parallelism", "2");
    assertEquals(0, same.code, same.err);
    assertTrue(same.out.contains("go on from "), same.out);

    Run embedded =
        execute("stream", "fraud", "--dry-run", "--work", work.toString(), "--redis", redis.uri());
    assertTrue(embedded.err.contains("another Kafka cluster: an embedded one"), embedded.err);
    Files.move(work.resolve("stream.json"), work.resolve("elsewhere"));
    String err = refused(4, "stream", "fraud", "--work", work.toString());
    assertTrue(err.contains("holds checkpoints that don't say whose they are"), err);
    Files.move(work.resolve("elsewhere"), work.resolve("stream.json"));

    try (Admin admin = admin()) {
      admin.deleteTopics(List.of("swipes")).all().get();
      err = refused(4, "stream", "fraud", "--make-topics", "--work", work.toString());
      assertTrue(err.contains("topic swipes, which it read, is gone"), err);
      admin.createTopics(List.of(topic("swipes"))).all().get();
    }
    err = refused(4, "stream", "fraud", "--work", work.toString());
    assertTrue(err.contains("topic swipes was deleted and made anew"), err);
  }

  /** A full disk, or one that is gone: vectors go on, and where the trouble is, is said. */
  @Test
  void aCheckpointThatCanNotBeSavedIsToldAndTheStreamGoesOn() throws Exception {
    Path work = folder.resolve("full");
    Path logs = folder.resolve("full-logs");
    try (ChildJvm stream = ChildJvm.start(fraud(work), logs)) {
      stream.awaitReady(StreamProcess.PATIENCE);
      StreamProcess.awaitCheckpoint(work);
      Path job = latest(work).getParent();
      Path away = work.resolve("away");
      Files.move(job, away);
      Files.createFile(job); // where a folder is needed
      StreamProcess.awaitLogged(logs, " wasn't saved in " + work.resolve("checkpoints"));
      StreamProcess.awaitLogged(logs, " MB are free there)");
      StreamProcess.awaitLogged(logs, "cure: look at that disk's room and rights");
      assertFalse(StreamProcess.logged(logs).contains("begins again"), StreamProcess.logged(logs));
      Files.delete(job);
      Files.move(away, job);
      Path before = latest(work);
      StreamProcess.await("a checkpoint afterwards", () -> !latest(work).equals(before));
      stream.checkAlive();
    }
  }

  /** State that isn't there, or is another version's, is said once, and not tried for ever. */
  @Test
  void aCheckpointThatCanNotBeTakenEndsTheStream() throws Exception {
    Path work = folder.resolve("damaged");
    try (ChildJvm stream = ChildJvm.start(fraud(work), folder.resolve("damaged-logs"))) {
      stream.awaitReady(StreamProcess.PATIENCE);
      StreamProcess.awaitCheckpoint(work);
      ProcessHandle.of(stream.pid()).orElseThrow().destroyForcibly();
    }
    Path metadata = latest(work).resolve("_metadata");
    byte[] whole = Files.readAllBytes(metadata);
    byte[] damaged = whole.clone();
    java.util.Arrays.fill(damaged, whole.length / 4, whole.length, (byte) 0x7f);
    for (byte[] bytes : List.of(java.util.Arrays.copyOf(whole, whole.length / 2), damaged)) {
      Files.write(metadata, bytes);
      Path logs = folder.resolve("again-logs");
      try (ChildJvm stream = ChildJvm.start(fraud(work), logs)) {
        StreamProcess.awaitLogged(logs, "    cure: ");
        String said = StreamProcess.logged(logs);
        assertTrue(said.contains("lockstep: the job can't take its state from " + work), said);
        assertFalse(said.contains("begins again"), said);
      }
    }
  }

  /** Each start is another job to Flink: what nobody goes on from is removed. */
  @Test
  void oldCheckpointsAreRemoved() throws Exception {
    Path work = folder.resolve("old");
    Checkpoints checkpoints = new Checkpoints(work);
    Path newest = null;
    for (int i = 0; i < 3; i++) {
      Path checkpoint = work.resolve("checkpoints").resolve(("" + i).repeat(32)).resolve("chk-1");
      Files.createDirectories(checkpoint);
      Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
      Files.setLastModifiedTime(
          metadata, java.nio.file.attribute.FileTime.fromMillis(1_000_000L * (5 - i)));
      newest = newest == null ? checkpoint : newest;
    }
    Path mine = Files.createDirectories(work.resolve("checkpoints").resolve("my notes"));
    Files.createDirectories(work.resolve("tmp/flink-io-1/deep"));
    Files.createDirectories(work.resolve("tmp/mine"));
    checkpoints.removeOld();
    assertEquals(newest, latest(work));
    try (Stream<Path> jobs = Files.list(work.resolve("checkpoints"))) {
      assertEquals(List.of(newest.getParent(), mine), jobs.sorted().toList());
    }
    try (Stream<Path> left = Files.list(work.resolve("tmp"))) {
      assertEquals(List.of(work.resolve("tmp/mine")), left.toList());
    }
    new Checkpoints(folder.resolve("nowhere")).removeOld();
  }

  @Test
  void aClusterIsToldWhereCheckpointsGo() {
    for (String dry : List.of("", "--dry-run")) {
      String err = refused(2, "stream", "fraud", dry, "--flink-master", "127.0.0.1:1");
      assertTrue(err.contains("they must be where the cluster can reach them"), err);
      assertTrue(err.contains("or --checkpoint-seconds 0"), err);
    }
  }

  private static String refused(int code, String... command) {
    Run run = run(command);
    assertEquals(code, run.code, run.out + run.err);
    assertFalse(run.out.contains("READY"), run.out);
    assertFalse(run.err.contains("\tat "), run.err);
    return run.err;
  }

  private static Run run(String... command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of("--kafka", kafka.bootstrapServers(), "--redis", redis.uri()));
    return execute(line.toArray(String[]::new));
  }

  private static Run execute(String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(Stream.of(command).filter(w -> !w.isEmpty()).toList());
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    int code = Lockstep.execute(line, folder, all.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private static Path latest(Path work) throws Exception {
    return new Checkpoints(work).latest().orElseThrow().local().orElseThrow();
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(2), Optional.empty());
  }

  private static ChildJvm.Start fraud(Path work) {
    return StreamProcess.fraud(
        kafka.bootstrapServers(), redis.uri(), folder, "--make-topics", "--work", work.toString());
  }
}
