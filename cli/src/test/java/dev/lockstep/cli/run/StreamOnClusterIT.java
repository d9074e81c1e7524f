package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.FlinkSettings;
import dev.lockstep.cli.process.LocalFlinkCluster;
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.value.FeatureVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream under load on a Flink cluster of separate processes, of which one is killed. */
class StreamOnClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  private final Cleanup cleanup = new Cleanup();
  private LocalKafka kafka;
  private LocalRedis redis;
  private LocalFlinkCluster cluster;
  private Path work;

  @BeforeEach
  void start() throws Exception {
    kafka = LocalKafka.start(folder.resolve("kafka"));
    redis = LocalRedis.start();
    work = folder.resolve("work");
    cluster =
        LocalFlinkCluster.start(
            FlinkSettings.of(2, 1), folder.resolve("flink"), folder.resolve("flink-logs"), cleanup);
  }

  @AfterEach
  void stop() {
    cleanup.close();
    redis.close();
    kafka.close();
  }

  /** The job begins again from its checkpoint where a TaskManager was started in its place. */
  @Test
  void aTaskManagerIsKilledAndNothingIsLost() throws Exception {
    try (ChildJvm stream = started("stream", "--parallelism", "2", "--state", "rocksdb");
        LiveSwipes swipes = LiveSwipes.start(kafka.bootstrapServers(), 100)) {
      swipes.awaitMore(200);
      swipes.answered(150);
      StreamProcess.awaitCheckpointOfNow(work);
      ProcessHandle.of(cluster.taskManagerPids().get(0)).orElseThrow().destroyForcibly();
      swipes.awaitMore(50);
      LiveSwipes.await("lost TaskManager", () -> !replaceLost().isEmpty());
      swipes.awaitMore(50);
      Map<String, List<FeatureVector>> vectors = swipes.answered();
      swipes.checkFirst(vectors);
      StreamProcess.requireFraudIdentical(kafka.bootstrapServers(), folder);
      stream.checkAlive();
      assertTrue(log("stream").contains("the job failed (1 time) and begins again"), log("stream"));
      ProcessHandle.of(stream.pid()).orElseThrow().destroyForcibly();
      stream.waitFor();
    }
    requireOthersRefused();
  }

  /** The job lives on when the command that began it was killed, and so does its claim. */
  private void requireOthersRefused() throws Exception {
    try (ChildJvm there = ChildJvm.start(command(), folder.resolve("there"))) {
      assertEquals(2, there.waitFor(), log("there"));
      assertTrue(log("there").contains(" runs this stream on " + work + " already: job "));
    }
    String[] elsewhere = {"--work", folder + "/elsewhere", "--flink-master", "[local]"};
    try (ChildJvm here = ChildJvm.start(command(elsewhere), folder.resolve("here"))) {
      assertEquals(2, here.waitFor(), log("here"));
      String runs = "this stream runs already: the cluster at " + cluster.master();
      assertTrue(log("here").contains(runs), log("here"));
    }
  }

  /** Stopped with one subtask and started with two: state goes by keys, so each finds its own. */
  @Test
  void aStopAndAStartWithTwoSubtasksAnswerNothingTwice() throws Exception {
    try (ChildJvm one = started("one");
        LiveSwipes swipes = LiveSwipes.start(kafka.bootstrapServers(), 100)) {
      swipes.awaitMore(200);
      swipes.answered(150);
      try (ChildJvm again = ChildJvm.start(command(), folder.resolve("again"))) {
        assertEquals(2, again.waitFor());
        assertTrue(log("again").contains("a stream is running on " + work), log("again"));
      }
      String[] stop = {
        "stop", "fraud", "--work", work.toString(), "--flink-master", cluster.master()
      };
      try (ChildJvm stopping =
          ChildJvm.start(StreamProcess.lockstep(stop), folder.resolve("stop"))) {
        assertEquals(0, stopping.waitFor(), log("stop"));
        assertTrue(log("stop").contains("stopped job "), log("stop"));
      }
      assertEquals(0, one.waitFor(), log("one"));
      assertTrue(latest().isSavepoint());
      swipes.awaitMore(50);
      try (ChildJvm two = started("two", "--parallelism", "2")) {
        assertTrue(log("two").contains("going on from " + latest()), log("two"));
        swipes.awaitMore(150);
        Map<String, List<FeatureVector>> vectors = swipes.answered();
        swipes.checkFirst(vectors);
        assertEquals(0, LiveSwipes.repeats(vectors), "repeats");
        StreamProcess.requireFraudIdentical(kafka.bootstrapServers(), folder);
        two.checkAlive();
      }
    }
  }

  private List<String> replaceLost() {
    try {
      return cluster.replaceLost();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private ChildJvm.Start command(String... more) {
    List<String> arguments = new ArrayList<>(List.of("stream", "fraud", "--make-topics"));
    arguments.addAll(List.of("--kafka", kafka.bootstrapServers(), "--redis", redis.uri()));
    arguments.addAll(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(List.of("--checkpoint-seconds", "1"));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--work")) {
      arguments.addAll(List.of("--flink-master", cluster.master(), "--work", work.toString()));
    }
    return StreamProcess.lockstep(arguments.toArray(String[]::new));
  }
}
