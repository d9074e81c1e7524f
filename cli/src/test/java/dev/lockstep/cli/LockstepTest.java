package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.cli.command.CommandSections;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line says and how it exits. */
class LockstepTest {
  @TempDir Path data;

  /** A project of a user's own. */
  public static final class OwnProject implements Project {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public String description() {
      return "own";
    }

    @Override
    public FeatureSet<?> featureSet() {
      return FraudFeatures.FRAUD;
    }

    @Override
    public Label<?> label() {
      return FraudFeatures.FRAUDULENT;
    }

    @Override
    public String action() {
      return "nothing";
    }

    @Override
    public History history(Path directory) {
      throw new UnsupportedOperationException();
    }
  }

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  @Test
  void aStretchThatEndsBeforeItBeginsIsRefused() {
    for (String command : new String[] {"replay", "backfill"}) {
      for (String until : new String[] {"2001-01-10T00:00:00Z", "2001-01-09T00:00:00Z"}) {
        Result result = run(command, "flights", "--from", "2001-01-10T00:00:00Z", "--until", until);
        assertEquals(2, result.code, result.err);
        assertTrue(
            result.err.contains("--from is 2001-01-10T00:00:00Z, and --until is " + until),
            result.err);
        assertTrue(result.err.contains("cure: "), result.err);
      }
    }
  }

  @Test
  void planPrintsThePlan() {
    Result result = run("plan", "flights");
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result
            .out()
            .startsWith(
                "feature set flight_delays_v1: 36 features for each event of flights, emitted"
                    + " ordered\nfingerprint "),
        result.out());
  }

  @Test
  void emissionIsPartOfThePlan() {
    Result result = run("plan", "flights", "--emit", "onArrival");
    assertEquals(0, result.code(), result.err());
    assertFalse(result.out().lines().findFirst().orElseThrow().endsWith("emitted ordered"));
  }

  @Test
  void mistakesAreAllPrintedWithTheirCures() {
    Result result = run("plan", "mistakes");
    assertEquals(3, result.code());
    assertTrue(
        result.err().startsWith("lockstep: feature set mistakes_v1 has 16 errors"), result.err());
    assertEquals(16, result.err().lines().filter(l -> l.strip().startsWith("cure: ")).count());
    assertFalse(result.err().contains("\tat "), "no stack trace");
  }

  @Test
  void debugPrintsTheStackTrace() {
    Result result = run("plan", "mistakes", "--debug");
    assertEquals(3, result.code());
    assertTrue(result.err().contains("\tat dev.lockstep."), result.err());
  }

  @Test
  void anUnknownProjectListsThoseThatExist() {
    Result result = run("plan", "flihgts");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("[flihgts]"), result.err());
    for (String name : List.of("flights", "fraud", "mistakes")) {
      assertTrue(result.err().contains(name + ","), result.err());
    }
  }

  @Test
  void aProjectOfOnesOwnIsGivenByItsClass() {
    Result result = run("plan", "--project-class", OwnProject.class.getName());
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().startsWith("feature set fraud_v1"), result.out());
    Result missing = run("plan", "--project-class", "com.acme.Nothing");
    assertEquals(2, missing.code());
    assertTrue(missing.err().contains("LOCKSTEP_CLASSPATH"), missing.err());
  }

  @Test
  void projectsAreListed() {
    Result result = run("projects");
    assertEquals(0, result.code());
    List<String> names = result.out().lines().map(l -> l.split(" ")[0]).toList();
    assertTrue(names.containsAll(List.of("flights", "fraud", "mistakes")), result.out());
    assertEquals(names.stream().sorted().toList(), names);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "plan",
        "projects",
        "backfill",
        "report",
        "train",
        "leak",
        "load",
        "stream",
        "score",
        "act",
        "replay",
        "bench"
      })
  void everyCommandHasHelp(String command) {
    Result result = run(command, "--help");
    assertEquals(0, result.code());
    assertTrue(result.out().contains("Usage: lockstep " + command), result.out());
  }

  @Test
  void theHelpHasEveryCommandInASection() {
    TreeSet<String> commands = new TreeSet<>(Lockstep.commandLine().getSubcommands().keySet());
    commands.remove("diff"); // same by another name
    assertEquals(commands, CommandSections.all());
    for (String command : commands) {
      assertTrue(run("--help").out().contains("\n  " + command + " "), command);
    }
    String help = run("--help").out();
    assertTrue(help.contains("Training sets\n  backfill"), help);
    assertTrue(help.contains("rows bit by bit."), help);
    assertTrue(help.lines().allMatch(line -> line.length() < 100), help);
    String parts = run("bench", "--help").out().replaceAll("\\s+", " ");
    assertTrue(parts.contains("the same Parquet, results compared row by row. days"), parts);
  }

  @Test
  void anUnwritableSummaryIsRefusedBeforeTheWork() {
    for (String command :
        List.of("demo", "leak flights", "bench kernel", "bench batch", "bench train")) {
      List<String> line = new ArrayList<>(List.of(command.split(" ")));
      line.addAll(List.of("--json", data.toString()));
      Result result = run(line.toArray(String[]::new));
      assertEquals(2, result.code(), command);
      assertTrue(result.err().contains(data + " can't be written"), result.err());
    }
  }

  @Test
  void wrongOptionsAreUsageErrors() {
    assertEquals(2, run("plan", "flights", "--nonsense").code());
    assertEquals(2, run("plan", "flights", "--emit", "sometimes").code());
    assertEquals(2, run("nonsense").code());
    assertEquals(2, run("bench").code());
    assertEquals(2, run("bench", "kernel", "--nonsense").code());
    assertEquals(2, run("bench", "batch", "--rows", "many").code());
  }

  @Test
  void anUnreachableKafkaIsOneMessageWithTheCure() {
    Result result = run("score", "flights", "--data", data.toString(), "--kafka", "127.0.0.1:1");
    assertEquals(4, result.code());
    assertTrue(result.err().contains("No model in"), result.err());
    Result stream =
        run(
            "stream", "flights",
            "--data", data.toString(),
            "--kafka", "127.0.0.1:1",
            "--redis", "redis://127.0.0.1:1");
    assertEquals(5, stream.code());
    assertTrue(stream.err().contains("Kafka at 127.0.0.1:1 can't be used"), stream.err());
    assertTrue(stream.err().contains("cure: "), stream.err());
    assertFalse(stream.err().contains("\tat "), stream.err());
  }

  @Test
  void trainingWithoutATrainingSetSaysWhatToDo() {
    Result result = run("train", "flights", "--data", data.toString());
    assertEquals(4, result.code());
    assertTrue(result.err().contains("./lockstep backfill flights"), result.err());
  }

  @Test
  void aReportWithoutATrainingSetSaysWhatToDo() {
    Result result = run("report", "flights", "--data", data.toString());
    assertEquals(4, result.code());
    assertTrue(result.err().contains("./lockstep backfill flights"), result.err());
    Result other = run("report", "--from", data.resolve("nothing").toString());
    assertEquals(4, other.code());
    assertTrue(other.err().contains("nothing is no training set"), other.err());
    assertFalse(other.err().contains("\tat "), other.err());
  }

  @Test
  void aReportOfAFolderIsWrittenIntoItAndToldInBrief() throws Exception {
    Path set = LittleSet.publish(data.resolve("set"));
    Result result = run("report", "--from", set.toString());
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("! outcome is the label"), result.out());
    assertTrue(result.out().endsWith(set.resolve("report.html") + "\n"), result.out());
    assertTrue(Files.readString(set.resolve("report.html")).contains("outcome is the label"));
    Result again = run("report", "--from", set.toString(), "--out", data.toString());
    assertEquals(2, again.code());
    assertTrue(again.err().contains(data + " is a folder"), again.err());
  }

  @Test
  void anUnwritableFolderIsNamed() throws Exception {
    Path file = Files.createFile(data.resolve("file"));
    Result result = run("train", "flights", "--data", file.resolve("below").toString());
    assertEquals(5, result.code());
    assertTrue(result.err().contains(file.toString()), result.err());
    assertTrue(result.err().contains("--data"), result.err());
  }

  @Test
  void exportSaysWhatIsMissing() {
    Result folder =
        run("export", "--from", data.toString(), "--format", "csv", "--out", data + "/x.csv");
    assertEquals(4, folder.code());
    assertEquals(
        "lockstep: "
            + data
            + " is no training set: it has no manifest.json; give the folder that a backfill"
            + " published\n",
        folder.err());
    Result format = run("export", "flights", "--format", "xls", "--out", data + "/x.xls");
    assertEquals(2, format.code());
    assertTrue(format.err().contains("no format is called [xls]"), format.err());
    Result project = run("export", "--format", "csv", "--out", data + "/x.csv");
    assertTrue(project.err().startsWith("lockstep: no project is named"), project.err());
  }
}
