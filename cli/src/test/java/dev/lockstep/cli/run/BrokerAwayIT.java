package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.Lockstep;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.servers.ServersMain;
import dev.lockstep.value.FeatureVector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that answers nobody for a while, and whose topic of vectors grows under a stream. */
class BrokerAwayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long AWAY_MILLIS = 20_000;

  @TempDir Path folder;

  @Test
  void theStreamWaitsAndDoesNotBeginAgain() throws Exception {
    try (ChildJvm servers =
        ChildJvm.start(
            start(ServersMain.class, "--data", folder.resolve("data").toString()),
            folder.resolve("servers"))) {
      String[] at = servers.awaitReady(PATIENCE).split("[ =]", 4);
      String kafka = at[1];
      String[] stream = {
        "stream",
        "fraud",
        "--make-topics",
        "--no-warm-up",
        "--kafka",
        kafka,
        "--redis",
        at[3],
        "--checkpoint-seconds",
        "2",
        "--work",
        folder.resolve("work").toString(),
        "--data",
        folder.resolve("lockstep").toString()
      };
      try (ChildJvm job = ChildJvm.start(start(Lockstep.class, stream), folder.resolve("stream"))) {
        job.awaitReady(PATIENCE);
        try (LiveSwipes swipes = LiveSwipes.start(kafka, 50)) {
          swipes.awaitMore(100);
          String vectors = StreamTopics.of("", FeaturePlan.of(FraudFeatures.FRAUD)).vectors();
          try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createPartitions(Map.of(vectors, NewPartitions.increaseTo(5))).all().get();
          }
          signal("-STOP", servers.pid());
          Thread.sleep(AWAY_MILLIS);
          signal("-CONT", servers.pid());
          swipes.awaitMore(50);
          Map<String, List<FeatureVector>> answered = swipes.answered();
          swipes.checkFirst(answered);
          assertEquals(0, LiveSwipes.repeats(answered), "repeats");
          String said = Files.readString(folder.resolve("stream/Lockstep.log"));
          assertFalse(said.contains("the job failed"), said);
          Map<Integer, Topics.Offsets> used =
              new Topics(kafka).offsets(List.of(vectors)).get(vectors);
          for (int added : List.of(2, 3, 4)) {
            assertEquals(0, used.get(added).end(), "vectors in a partition that was added");
          }
        }
      }
    }
  }

  private static void signal(String signal, long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor());
  }

  private static ChildJvm.Start start(Class<?> main, String... arguments) {
    return new ChildJvm.Start(
        main.getSimpleName(),
        System.getProperty("java.class.path"),
        List.of("-Xmx1g"),
        main.getName(),
        List.of(arguments));
  }
}
