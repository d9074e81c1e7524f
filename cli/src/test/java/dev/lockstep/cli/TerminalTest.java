package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command once on a real terminal of 80 columns: what comes of it is seen there, after all
 * bars, and so is what went wrong.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TerminalTest {
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;
  private static final Set<String> TRIED = new TreeSet<>();

  @TempDir static Path data;

  private record Seen(int code, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }

    void has(String expected) {
      assertTrue(text().contains(expected), () -> expected + " isn't seen in:\n" + text());
    }
  }

  private static Seen run(String... arguments) throws Exception {
    TRIED.add(arguments[0]);
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElseThrow());
    for (String opened : List.of("lang", "util", "lang.invoke", "nio")) {
      line.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    line.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlockstep.terminals=12",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.lockstep.cli.Lockstep"));
    line.addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("TERM", "xterm");
    PtyProcess process =
        new PtyProcessBuilder(line.toArray(String[]::new))
            .setEnvironment(environment)
            .setInitialColumns(COLUMNS)
            .setInitialRows(ROWS)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Seen(process.waitFor(), TerminalPicture.of(output, COLUMNS));
  }

  private static Seen ofProject(String command, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command, "--project-class", SmallShop.class.getName(), "--data", data.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void whatDescribesIsSeen() throws Exception {
    Seen projects = run("projects");
    projects.has("flights");
    assertEquals(0, projects.code());
    ofProject("plan").has("fingerprint ");
    run("aggregations").has("count");
    run("config").has("data: ");
    run("generate-completion").has("complete -F");
    run("help").has("backfill");
    Path man = data.resolve("man");
    assertEquals(0, run("gen-manpage", "--outdir", man.toString()).code());
    assertTrue(Files.readString(man.resolve("lockstep-backfill.adoc")).contains("--dry-run"));
  }

  @Test
  @Order(2)
  void backfillsRowsAndPathsAreSeen() throws Exception {
    Seen backfill = ofProject("backfill");
    backfill.has(SmallShop.SWIPES + " rows in ");
    backfill.has("report: ");
    backfill.has("training");
    assertEquals(0, backfill.code(), backfill.text());
  }

  @Test
  @Order(3)
  void theTrainingsEvaluationAndPathAreSeen() throws Exception {
    Seen train = ofProject("train", "--set", "rounds=30");
    train.has("on the test part: AUC");
    train.has(data.resolve("small").resolve("model").toString().substring(0, 40));
    assertEquals(0, train.code(), train.text());
    Seen again = ofProject("train", "--set", "rounds=30", "--replace");
    again.has("compared with small");
  }

  @Test
  @Order(4)
  void whatReadsTheTrainingSetIsSeen() throws Exception {
    Path set = data.resolve("small/training");
    ofProject("report").has("report.html");
    run("same", set.toString(), set.toString()).has("identical: 1500 rows");
    run("diff", set.toString(), set.toString()).has("identical: 1500 rows");
    Seen export =
        ofProject("export", "--format", "csv", "--out", data.resolve("out.csv").toString());
    export.has(SmallShop.SWIPES + " rows");
    export.has("out.csv");
    assertEquals(0, export.code(), export.text());
  }

  @ParameterizedTest
  @Order(5)
  @ValueSource(
      strings = {
        "runners nosuch",
        "leak nosuch",
        "load nosuch --snapshot days",
        "stream nosuch",
        "stop nosuch --work .",
        "status nosuch",
        "new nosuch/x",
        "peek nosuch --kafka localhost:1",
        "decisions nosuch",
        "score nosuch",
        "act nosuch",
        "parity nosuch --kafka localhost:1",
        "serve nosuch --kafka localhost:1",
        "replay nosuch",
        "flink nosuch",
        "demo nosuch"
      })
  void whatWentWrongIsSeen(String command) throws Exception {
    Seen seen = run(command.split(" "));
    seen.has("nosuch");
    assertTrue(seen.code() != 0, seen.text());
  }

  @Test
  @Order(6)
  void aWrongOptionIsSeen() throws Exception {
    for (String command : List.of("bench kernel", "servers")) {
      Seen seen = run((command + " --nosuch").split(" "));
      seen.has("--nosuch");
      assertTrue(seen.code() != 0, seen.text());
    }
  }

  @AfterAll
  static void everyCommandWasTried() {
    assertEquals(new TreeSet<>(Lockstep.commandLine().getSubcommands().keySet()), TRIED);
  }
}
