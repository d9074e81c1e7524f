package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.lockstep.cli.result.AggregationsResult;
import dev.lockstep.cli.result.BackfillResult;
import dev.lockstep.cli.result.ConfigResult;
import dev.lockstep.cli.result.DecisionsResult;
import dev.lockstep.cli.result.DemoResult;
import dev.lockstep.cli.result.DryRunResult;
import dev.lockstep.cli.result.ErrorResult;
import dev.lockstep.cli.result.ExportResult;
import dev.lockstep.cli.result.LeakResult;
import dev.lockstep.cli.result.LoadResult;
import dev.lockstep.cli.result.NewResult;
import dev.lockstep.cli.result.ParityResult;
import dev.lockstep.cli.result.PeekResult;
import dev.lockstep.cli.result.PlanResult;
import dev.lockstep.cli.result.ProjectsResult;
import dev.lockstep.cli.result.ReplayResult;
import dev.lockstep.cli.result.ReportResult;
import dev.lockstep.cli.result.ResultJson;
import dev.lockstep.cli.result.RunnersResult;
import dev.lockstep.cli.result.RunningResult;
import dev.lockstep.cli.result.SameResult;
import dev.lockstep.cli.result.StatusResult;
import dev.lockstep.cli.result.StopResult;
import dev.lockstep.cli.result.TrainResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Results as JSON: each command has a schema in docs/schemas that is what its record says, and what
 * it gives is valid by it. {@code -Dschemas.write=true} writes the schemas anew.
 */
class ResultsTest {
  private static final Path SCHEMAS = Path.of("../docs/schemas");
  private static final String OUTPUT = "--output";

  private static final Map<String, Class<? extends Record>> RESULTS = new TreeMap<>();

  static {
    RESULTS.put("plan", PlanResult.class);
    RESULTS.put("projects", ProjectsResult.class);
    RESULTS.put("aggregations", AggregationsResult.class);
    RESULTS.put("config", ConfigResult.class);
    RESULTS.put("same", SameResult.class);
    RESULTS.put("backfill", BackfillResult.class);
    RESULTS.put("export", ExportResult.class);
    RESULTS.put("train", TrainResult.class);
    RESULTS.put("report", ReportResult.class);
    RESULTS.put("leak", LeakResult.class);
    RESULTS.put("load", LoadResult.class);
    RESULTS.put("replay", ReplayResult.class);
    RESULTS.put("status", StatusResult.class);
    RESULTS.put("stop", StopResult.class);
    RESULTS.put("new", NewResult.class);
    RESULTS.put("peek", PeekResult.class);
    RESULTS.put("decisions", DecisionsResult.class);
    RESULTS.put("parity", ParityResult.class);
    RESULTS.put("runners", RunnersResult.class);
    RESULTS.put("demo", DemoResult.class);
    RESULTS.put("stream", RunningResult.class);
    RESULTS.put("score", RunningResult.class);
    RESULTS.put("act", RunningResult.class);
    RESULTS.put("serve", RunningResult.class);
    RESULTS.put("flink", RunningResult.class);
    RESULTS.put("servers", RunningResult.class);
  }

  @TempDir Path folder;

  private record Run(int code, String out, String err) {
    JsonNode json() throws Exception {
      return new JsonMapper().readTree(out);
    }
  }

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }

  static void assertValid(String schema, String json) throws Exception {
    Set<ValidationMessage> wrong =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(SCHEMAS.resolve(schema + ".json")))
            .validate(json, InputFormat.JSON);
    assertEquals(Set.of(), wrong, json);
  }

  private static JsonNode gives(String command, String... more) throws Exception {
    Run run =
        run(
            Stream.concat(Stream.of(command, OUTPUT, "json"), Stream.of(more))
                .toArray(String[]::new));
    assertEquals(0, run.code, run.err);
    assertValid(command, run.out);
    return run.json();
  }

  @Test
  void everySchemaIsWhatTheRecordSays() throws Exception {
    Map<String, Class<? extends Record>> all = new TreeMap<>(RESULTS);
    all.put("dry-run", DryRunResult.class);
    all.put("error", ErrorResult.class);
    for (Map.Entry<String, Class<? extends Record>> result : all.entrySet()) {
      Path file = SCHEMAS.resolve(result.getKey() + ".json");
      String expected = JsonSchema.of(result.getKey(), result.getValue());
      if (Boolean.getBoolean("schemas.write")) {
        Files.createDirectories(SCHEMAS);
        Files.writeString(file, expected);
      }
      assertEquals(expected, Files.readString(file), file + ": -Dschemas.write=true");
    }
    try (Stream<Path> files = Files.list(SCHEMAS)) {
      assertEquals(
          all.keySet(),
          files
              .map(f -> f.getFileName().toString().replace(".json", ""))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void everyCommandWithAResultHasTheOption() {
    Set<String> have =
        Lockstep.commandLine().getSubcommands().entrySet().stream()
            .filter(c -> c.getValue().getCommandSpec().findOption(OUTPUT) != null)
            .map(c -> c.getValue().getCommandName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(RESULTS.keySet(), have);
  }

  @Test
  void whatDescribesIsValid() throws Exception {
    JsonNode plan = gives("plan", "flights");
    assertEquals(36, plan.get("features").size());
    assertFalse(plan.has("after"), plan.toString());
    JsonNode after = gives("plan", "flights", "--after", "flights-event-time").get("after");
    assertEquals("project", after.get("kind").asText());
    assertFalse(after.get("same").asBoolean());
    for (JsonNode project : gives("projects").get("projects")) {
      assertTrue(Files.exists(Path.of(project.get("from").asText())), project.toString());
    }
    assertEquals(48, gives("aggregations").get("aggregations").size());
    gives("config");
  }

  @Test
  void trainingSetsAreComparedAndTold() throws Exception {
    String set = LittleSet.publish(folder.resolve("set")).toString();
    JsonNode same = gives("same", set, set);
    assertTrue(same.get("identical").asBoolean());
    assertEquals(10, same.get("rows").asLong());
    assertEquals(
        "serious", gives("report", "--from", set).get("findings").get(0).get("weight").asText());
    String csv = folder.resolve("out.csv").toString();
    assertEquals(
        10, gives("export", "--from", set, "--format", "csv", "--out", csv).get("rows").asLong());
    JsonNode after = gives("plan", "flights", "--after", set).get("after");
    assertEquals("training set", after.get("kind").asText());
    assertFalse(after.get("same").asBoolean());
  }

  @Test
  void failuresAreAnObjectWithTheSameExitCode() throws Exception {
    assertFailed(2, "usage", "no project is called [flihgts]", "plan", "flihgts");
    assertFailed(2, "usage", "Unknown option: '--nosuch'", "plan", "flights", "--nosuch");
    assertFailed(2, "usage", "write text or json", "plan", "flights", "--output", "xml");
    assertFailed(3, "definition", "has 16 errors", "plan", "mistakes");
    String empty = Files.createDirectories(folder.resolve("empty")).toString();
    assertFailed(4, "data", "is no training set", "same", empty, empty);
    assertFailed(4, "data", "holds no model", "plan", "flights", "--after", empty);
  }

  @Test
  void theFileOfSettingsMayAskForIt() throws Exception {
    Files.writeString(folder.resolve("lockstep.yaml"), "output: json\n");
    StringWriter out = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));
    assertEquals(2, Lockstep.execute(line, folder, "plan", "flihgts"));
    assertValid("error", out.toString());
    out.getBuffer().setLength(0);
    assertEquals(2, Lockstep.execute(line, folder, "plan", "flights", "--nosuch"));
    assertValid("error", out.toString());
    Files.writeString(folder.resolve("lockstep.yaml"), "nosuch: json\n");
    out.getBuffer().setLength(0);
    assertEquals(2, Lockstep.execute(line, folder, "plan", "flights", "--output", "json"));
    assertValid("error", out.toString());
  }

  private static void assertFailed(int code, String kind, String problem, String... command)
      throws Exception {
    boolean xml = List.of(command).contains("xml");
    Run run =
        run(
            Stream.concat(Stream.of(command), xml ? Stream.of() : Stream.of(OUTPUT, "json"))
                .toArray(String[]::new));
    assertEquals(code, run.code, run.err);
    assertTrue(run.err.contains(problem), run.err);
    if (xml) {
      assertEquals("", run.out);
      return;
    }
    assertValid("error", run.out);
    JsonNode error = run.json().get("error");
    assertEquals(kind, error.get("kind").asText());
    assertTrue(error.get("problem").asText().contains(problem), run.out);
    assertFalse(error.get("problem").asText().contains("cure:") && error.has("cure"), run.out);
  }

  @Test
  void aRunningCommandTellsItsBeginAndItsEnd() throws Exception {
    RunningResult ready = RunningResult.ready("flights.vectors", "broker:9092", null, List.of());
    for (RunningResult told : List.of(ready, ready.ended(1.5, true), ready.on("host:8081"))) {
      String line = ResultJson.line(told);
      assertEquals(1, line.lines().count());
      assertValid("stream", line);
    }
  }
}
