package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.run.LiveSwipes;
import dev.lockstep.cli.run.StreamProcess;
import dev.lockstep.cli.status.FiguresPort;
import dev.lockstep.cli.status.StandingWatch;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A running stream's figures: in the terminal, as JSON, and at a port. */
class StatusTest {
  private static final FeaturePlan PLAN = FeaturePlan.of(FraudFeatures.FRAUD);

  @TempDir Path folder;

  private record Run(int code, String out) {}

  private static Run status(String kafka, String... more) {
    StringWriter out = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(out));
    List<String> arguments = new ArrayList<>(List.of("status", "fraud", "--kafka", kafka));
    arguments.addAll(List.of(more));
    return new Run(line.execute(arguments.toArray(String[]::new)), out.toString());
  }

  @Test
  void aStreamTellsWhatItDoes() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      String at = kafka.bootstrapServers();
      Run none = status(at);
      assertEquals(2, none.code, none.out);
      assertTrue(none.out.contains("no stream of fraud_v1 was ever started on Kafka"), none.out);
      ChildJvm.Start start =
          StreamProcess.fraud(at, redis.uri(), folder, "--make-topics", "--no-warm-up");
      try (ChildJvm stream = ChildJvm.start(start, folder.resolve("logs"))) {
        stream.awaitReady(StreamProcess.PATIENCE);
        try (var producer = StreamProcess.producer(Map.of("bootstrap.servers", at));
            LiveSwipes swipes = LiveSwipes.start(at, 20)) {
          byte[] bad = "no JSON".getBytes(StandardCharsets.UTF_8);
          var unused = producer.send(new ProducerRecord<>("swipes", 0, bad, bad));
          swipes.awaitMore(60);
          swipes.answered();
          StreamProcess.await("figures of all", () -> isWhole(status(at, "--output", "json")));
        }
        checkWords(status(at));
        ResultsTest.assertValid("status", status(at, "--output", "json").out);
        checkPort(at);
      }
      StreamProcess.await("the end", () -> status(at).code == 1);
    }
  }

  private static void checkWords(Run run) {
    assertEquals(0, run.code, run.out);
    for (String word :
        List.of(
            "runs",
            "events ",
            "1 dead: swipes: a message that looks like text",
            "swipes-0: ",
            "event to vector",
            "states written",
            "last checkpoint")) {
      assertTrue(run.out.contains(word), word + " in " + run.out);
    }
  }

  /** Whether signs tell of a checkpoint, and of as many vectors as there were events. */
  private static boolean isWhole(Run run) throws Exception {
    JsonNode json = new JsonMapper().readTree(run.out);
    if (!json.path("ready").asBoolean()) {
      return false;
    }
    double events = 0;
    double vectors = 0;
    boolean saved = false;
    for (JsonNode figure : json.get("figures")) {
      String series = figure.get("series").asText();
      events += series.startsWith("lockstep_events_total") ? figure.get("value").asDouble() : 0;
      vectors += series.equals("lockstep_vectors_total") ? figure.get("value").asDouble() : 0;
      saved |= series.equals("lockstep_checkpoint_seconds");
    }
    return saved && vectors >= 60 && events == vectors;
  }

  private static void checkPort(String kafka) throws Exception {
    try (StandingWatch watch = StandingWatch.open(PLAN, kafka);
        FiguresPort port = FiguresPort.open("127.0.0.1", 0, watch, System::currentTimeMillis)) {
      String metrics = get(port, "/metrics", 200);
      for (String series :
          List.of(
              "lockstep_up{set=\"fraud_v1\"} 1",
              "lockstep_partition_progress_seconds{set=",
              "lockstep_vector_latency_seconds_bucket{",
              "lockstep_store_published_total{",
              "lockstep_dead_letters_total{")) {
        assertTrue(metrics.contains(series), series + " in " + metrics);
      }
      assertTrue(get(port, "/health", 200).contains("runs"));
      assertTrue(get(port, "/ready", 200).contains("runs"));
      CommandException taken =
          assertThrows(
              CommandException.class,
              () -> FiguresPort.open("127.0.0.1", port.port(), watch, System::currentTimeMillis));
      assertTrue(String.valueOf(taken.getMessage()).contains("can't be used"), taken.getMessage());
    }
  }

  private static String get(FiguresPort port, String path, int code) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(code, response.statusCode(), response.body());
    return response.body();
  }
}
