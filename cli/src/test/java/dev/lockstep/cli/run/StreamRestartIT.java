package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.value.FeatureVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream under load that is killed, or stopped, and started again: on a real broker, Redis and
 * Flink, with either of what holds its state.
 */
class StreamRestartIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int INTERRUPTED = 130;

  /** The one class of ours in what Flink saves, whose bytes are frozen. */
  private static final Set<String> SLOTS = Set.of("dev.lockstep.beam.kafka.TopicSource");

  @TempDir Path folder;

  private LocalKafka kafka;
  private LocalRedis redis;
  private Path work;

  @BeforeEach
  void start() throws Exception {
    kafka = LocalKafka.start(folder.resolve("kafka"));
    redis = LocalRedis.start();
    work = folder.resolve("work");
  }

  @AfterEach
  void stop() {
    redis.close();
    kafka.close();
  }

  /** RocksDB's increments hold all that a kill takes; a stop's savepoint is for either backend. */
  @Test
  void rocksIsKilledAndGoesOnAndHandsOverToTheHeap() throws Exception {
    try (ChildJvm first = started("first", "--state", "rocksdb");
        LiveSwipes swipes = LiveSwipes.start(kafka.bootstrapServers(), 100)) {
      swipes.awaitMore(300);
      swipes.answered(200);
      StreamProcess.awaitCheckpointOfNow(work);
      ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
      first.waitFor();
      assertEquals(SLOTS, SavedClasses.ofNewest(work), "of ours in a checkpoint");
      swipes.awaitMore(50);
      String refused = refused("heap");
      assertTrue(refused.contains("it is kept by rocksdb (--state), which heap"), refused);
      assertTrue(refused.contains("stop it (Ctrl-C, or lockstep stop)"), refused);
      long before;
      try (ChildJvm again = started("again")) { // as before, where nothing is said
        assertTrue(log("again").contains("the state is in RocksDB below " + work), log("again"));
        assertTrue(log("again").contains("going on from " + work), log("again"));
        swipes.awaitMore(200);
        stopped(again, "again");
        assertEquals(SLOTS, SavedClasses.ofNewest(work), "of ours in a savepoint");
        before = LiveSwipes.repeats(swipes.answered(0));
      }
      try (ChildJvm heap = started("heap", "--state", "heap")) {
        assertFalse(log("heap").contains("RocksDB"), log("heap"));
        swipes.awaitMore(100);
        Map<String, List<FeatureVector>> vectors = swipes.answered();
        swipes.checkFirst(vectors);
        assertEquals(before, LiveSwipes.repeats(vectors), "none again after a stop");
        heap.checkAlive();
        parity();
      }
    }
  }

  /**
   * What was answered since the last checkpoint is answered again, from partitions that are read in
   * another order: the first answer counts (C5), and parity counts the others apart.
   */
  @Test
  void underOnArrivalTheFirstVectorCountsAfterAKill() throws Exception {
    try (ChildJvm first = started("first", "--emit", "onArrival", "--checkpoint-seconds", "5");
        LiveSwipes swipes = LiveSwipes.startUnevenly(kafka.bootstrapServers(), 200)) {
      StreamProcess.awaitCheckpoint(work);
      swipes.awaitMore(600); // for three seconds, in which none is saved
      ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
      first.waitFor();
      swipes.awaitMore(200);
      try (ChildJvm again = started("again", "--emit", "onArrival")) {
        swipes.awaitMore(100);
        Map<String, List<FeatureVector>> vectors = swipes.answered();
        swipes.checkFirst(vectors);
        again.checkAlive();
        swipes.checkRepeatsOfACard(vectors);
        JsonNode counted =
            new ObjectMapper()
                .readTree(parity("--emit", "onArrival", "--output", "json"))
                .path("apart");
        assertTrue(LiveSwipes.repeats(vectors) > 0, "nothing came again");
        assertEquals(LiveSwipes.repeats(vectors), counted.path("repeats").asLong());
        // How many differ is chance: none, if partitions were read in the very order of before.
        assertEquals(LiveSwipes.differing(vectors), counted.path("differing_repeats").asLong());
      }
    }
  }

  /** A stop is no kill: what was answered isn't answered again, what wasn't is. */
  @Test
  void aStopSavesTheStateAndNothingIsAnsweredTwice() throws Exception {
    try (ChildJvm first = started("first");
        LiveSwipes swipes = LiveSwipes.start(kafka.bootstrapServers(), 200)) {
      swipes.awaitMore(400);
      stopped(first, "first");
      Path savepoint = latest().local().orElseThrow();
      swipes.awaitMore(100);
      try (ChildJvm second = started("second")) {
        assertTrue(log("second").contains("going on from " + savepoint), log("second"));
        swipes.awaitMore(200);
        StreamProcess.awaitCheckpointOfNow(work);
        try (ChildJvm stop =
            ChildJvm.start(
                StreamProcess.lockstep("stop", "fraud", "--work", work.toString()),
                folder.resolve("stop"))) {
          assertEquals(0, stop.waitFor(), log("stop"));
          String process = "stopped process " + second.pid();
          assertTrue(log("stop").contains(process), log("stop"));
          assertTrue(log("stop").contains("its state is in " + latest()), log("stop"));
        }
        assertEquals(INTERRUPTED, second.waitFor());
        assertTrue(latest().isSavepoint(), log("second"));
        assertTrue(Files.isDirectory(savepoint), "gone on from, until a start later");
      }
      try (ChildJvm third = started("third", "--parallelism", "2")) {
        assertFalse(Files.exists(savepoint), "an old one");
        swipes.awaitMore(100);
        Map<String, List<FeatureVector>> vectors = swipes.answered();
        swipes.checkFirst(vectors);
        assertEquals(0, LiveSwipes.repeats(vectors), "repeats");
        third.checkAlive();
      }
    }
  }

  /** Where only Flink knows the files: what a stop saves is gone on from there. */
  @Test
  void theWorkFolderMayBeWhateverFlinkReaches() throws Exception {
    String uri = "shelf:" + work;
    try (ChildJvm first = started("first", "--work", uri);
        LiveSwipes swipes = LiveSwipes.start(kafka.bootstrapServers(), 100)) {
      swipes.awaitMore(200);
      StreamProcess.awaitCheckpointOfNow(work);
      ProcessHandle.of(first.pid()).orElseThrow().destroy();
      assertEquals(INTERRUPTED, first.waitFor(), log("first"));
      String said = "stopped; the state is in " + uri + "/" + latest().path();
      assertTrue(log("first").contains(said), log("first"));
      try (Stream<Path> files = Files.list(work)) {
        assertEquals(
            List.of("checkpoints", "savepoints", "stream.json"),
            files.map(f -> f.getFileName().toString()).sorted().toList());
      }
      try (ChildJvm second = started("second", "--work", uri)) {
        swipes.awaitMore(100);
        Map<String, List<FeatureVector>> vectors = swipes.answered();
        swipes.checkFirst(vectors);
        assertEquals(0, LiveSwipes.repeats(vectors), "repeats");
        second.checkAlive();
      }
    }
  }

  /** On whatever machine: here in another work folder, which no lock knows of. */
  @Test
  void oneStartAtATimeIsTheStream() throws Exception {
    String other = folder.resolve("other").toString();
    try (ChildJvm first = started("first");
        LiveSwipes swipes = LiveSwipes.start(kafka.bootstrapServers(), 50)) {
      swipes.awaitMore(100);
      try (ChildJvm second = ChildJvm.start(command("--work", other), folder.resolve("second"))) {
        assertEquals(2, second.waitFor(), log("second"));
        assertTrue(log("second").contains("this stream runs already: "), log("second"));
        assertTrue(log("second").contains(", work folder " + work + " (start "), log("second"));
      }
      try (ChildJvm dry =
          ChildJvm.start(command("--work", other, "--dry-run"), folder.resolve("dry"))) {
        assertEquals(2, dry.waitFor(), log("dry"));
        assertTrue(log("dry").contains("this stream runs already: "), log("dry"));
      }
      first.checkAlive();
      try (ChildJvm third = started("third", "--work", other, "--take-over")) {
        assertEquals(5, first.waitFor(), log("first"));
        assertTrue(log("first").contains("another start took over as this stream"), log("first"));
        assertFalse(log("first").contains("begun again"), log("first"));
        swipes.awaitMore(50);
        swipes.checkFirst(swipes.answered());
        ProcessHandle.of(third.pid()).orElseThrow().destroyForcibly();
        third.waitFor();
      }
      try (ChildJvm back = started("back")) { // the one before is silent: it is dead
        back.checkAlive();
      }
    }
  }

  @Test
  void thereMayBeNothingToStop() throws Exception {
    try (ChildJvm stop =
        ChildJvm.start(
            StreamProcess.lockstep("stop", "fraud", "--work", work.toString()),
            folder.resolve("none"))) {
      assertEquals(2, stop.waitFor());
      assertTrue(log("none").contains("no stream runs on " + work), log("none"));
    }
  }

  /** Where nothing can be saved, the stop says so, and ends all the same. */
  @Test
  void aStopThatCanNotSaveEndsAsAKillDoes() throws Exception {
    try (ChildJvm stream = started("first")) {
      StreamProcess.awaitCheckpointOfNow(work);
      Files.createFile(work.resolve("savepoints")); // where a folder is needed
      ProcessHandle.of(stream.pid()).orElseThrow().destroy();
      assertEquals(5, stream.waitFor(), log("first"));
      String said = log("first");
      assertTrue(said.contains("the state wasn't saved at the stop: "), said);
      assertTrue(said.contains("it goes on from " + work + "/checkpoints/"), said);
    }
  }

  /** What parity prints, from its JSON on; it finds nothing that isn't explained. */
  private String parity(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "parity",
                "fraud",
                "--kafka",
                kafka.bootstrapServers(),
                "--data",
                folder + "/data"));
    arguments.addAll(List.of(more));
    ChildJvm.Start parity = StreamProcess.lockstep(arguments.toArray(String[]::new));
    try (ChildJvm comparison = ChildJvm.start(parity, folder.resolve("parity"))) {
      assertEquals(0, comparison.waitFor(), log("parity"));
    }
    String said = log("parity");
    return said.substring(Math.max(0, said.indexOf('{')));
  }

  private void stopped(ChildJvm stream, String name) throws Exception {
    ProcessHandle.of(stream.pid()).orElseThrow().destroy();
    assertEquals(INTERRUPTED, stream.waitFor(), log(name));
    assertTrue(latest().isSavepoint(), log(name));
    assertTrue(log(name).contains("stopped; the state is in " + latest()), log(name));
  }

  private Checkpoints.Saved latest() throws IOException {
    return new Checkpoints(work).latest().orElseThrow();
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("lockstep.log"));
  }

  private ChildJvm started(String name, String... more) throws Exception {
    ChildJvm stream = ChildJvm.start(command(more), folder.resolve(name));
    stream.awaitReady(PATIENCE);
    return stream;
  }

  private String refused(String backend) throws Exception {
    try (ChildJvm stream = ChildJvm.start(command("--state", backend), folder.resolve("refused"))) {
      assertEquals(4, stream.waitFor());
    }
    return log("refused");
  }

  private ChildJvm.Start command(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "stream",
                "fraud",
                "--make-topics",
                "--no-warm-up",
                "--kafka",
                kafka.bootstrapServers(),
                "--redis",
                redis.uri(),
                "--data",
                folder.resolve("data").toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--checkpoint-seconds")) {
      arguments.addAll(List.of("--checkpoint-seconds", "1"));
    }
    if (!arguments.contains("--work")) {
      arguments.addAll(List.of("--work", work.toString()));
    }
    return StreamProcess.lockstep(arguments.toArray(String[]::new));
  }
}
