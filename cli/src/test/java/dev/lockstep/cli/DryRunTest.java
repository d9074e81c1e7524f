package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code --dry-run}: what would be done, what is wrong all the same, and nothing written. */
class DryRunTest {
  @TempDir Path folder;

  private record Run(int code, String out, String err) {}

  private Run run(String command, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(command);
    arguments.addAll(List.of("--project-class", SmallShop.class.getName()));
    arguments.addAll(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private TreeSet<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Nothing is written, and the exit code is that of the real thing. */
  private Run looks(int code, String said, String command, String... more) throws IOException {
    TreeSet<String> before = files();
    String[] dry = Stream.concat(Stream.of(more), Stream.of("--dry-run")).toArray(String[]::new);
    Run run = run(command, dry);
    assertEquals(code, run.code, run.err + run.out);
    assertTrue((run.out + run.err).contains(said), run.out + run.err);
    assertEquals(before, files());
    return run;
  }

  @Test
  void nothingIsThereYet() throws Exception {
    Run backfill = looks(0, "is free", "backfill");
    assertTrue(backfill.out.contains("3 files of history with 3000 rows"), backfill.out);
    assertTrue(backfill.out.endsWith("dry run: nothing was written or started\n"), backfill.out);
    looks(
        0,
        "compute 3 days: [2024-03-01",
        "backfill",
        "--by-day",
        "--first",
        "2024-03-01",
        "--last",
        "2024-03-03",
        "--out",
        folder.resolve("days").toString());
    looks(4, "there is no training set in", "train");
    looks(4, "there is no snapshot in", "load", "--snapshot", folder.toString());
    looks(0, "start an embedded Kafka broker", "stream");
    looks(5, "can't be used", "stream", "--kafka", "127.0.0.1:1");
    looks(5, "no Flink cluster answers", "backfill", "--flink-master", "127.0.0.1:1");
    looks(2, "where the cluster can reach them", "stream", "--flink-master", "127.0.0.1:1");
    looks(
        5,
        "no Flink cluster answers",
        "stream",
        "--flink-master",
        "127.0.0.1:1",
        "--checkpoint-seconds",
        "0");
    looks(2, "no runner is called [spark]", "backfill", "--runner", "spark");
    looks(4, "isn't there", "backfill", "--spine", folder.resolve("nosuch.parquet").toString());
  }

  @Test
  void whatIsThereIsLookedAt() throws Exception {
    Run made = run("backfill", "--runner", "direct", "--no-report", "--output", "json");
    assertEquals(0, made.code, made.err);
    ResultsTest.assertValid("backfill", made.out);
    JsonNode backfill = new JsonMapper().readTree(made.out);
    assertEquals(SmallShop.SWIPES, backfill.get("counts").get("rows").asInt());
    assertFalse(backfill.has("report"), made.out);

    looks(4, "is there already", "backfill");
    looks(0, "which --replace replaces", "backfill", "--replace");
    Run train = looks(0, "MB of Java's heap", "train", "--output", "json");
    ResultsTest.assertValid("dry-run", train.out);
    looks(2, "known are [rounds", "train", "--set", "depth=3");

    Run trained = run("train", "--set", "rounds=5", "--output", "json");
    assertEquals(0, trained.code, trained.err);
    ResultsTest.assertValid("train", trained.out);
    String model = new JsonMapper().readTree(trained.out).get("folder").asText();
    looks(4, "--replace", "train");
    Run after = run("plan", "--after", model);
    assertTrue(after.out.contains("is of this definition"), after.out + after.err);
    Run again = run("train", "--set", "rounds=6", "--replace", "--output", "json");
    ResultsTest.assertValid("train", again.out);
    assertTrue(new JsonMapper().readTree(again.out).has("compared"), again.out);
  }

  @Test
  void versionsAreTold() {
    StringWriter out = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    assertEquals(0, line.execute("--version"));
    String text = out.toString();
    assertTrue(text.matches("(?s)lockstep \\d.*\nBeam 2\\..*\nFlink 1\\.\\d.*"), text);
    assertTrue(text.matches("(?s).*\nKafka client \\d.*\nXGBoost \\d.*\nJava \\d.*"), text);
  }
}
