package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Options that stand in a file beside the user's work. */
class ConfigFileTest {
  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  private Result run(String yaml, String... arguments) throws IOException {
    Files.writeString(folder.resolve("lockstep.yaml"), yaml);
    Path below = Files.createDirectories(folder.resolve("deep/below"));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = Lockstep.execute(line, below, arguments);
    return new Result(code, out.toString(), err.toString());
  }

  @Test
  void isFoundAboveAndSaysTheProjectAndTheFolderBesideIt() throws IOException {
    Result plan = run("project: fraud\n", "plan");
    assertEquals(0, plan.code(), plan.err());
    assertTrue(plan.out().startsWith("feature set fraud_v1"), plan.out());
    Result train = run("project: fraud\ndata: results\n", "train");
    assertEquals(4, train.code());
    assertTrue(
        train.err().contains(folder.resolve("results/fraud/training").toString()), train.err());
  }

  @Test
  void oneCommandsOptionsAreUnderItsNameAndTheCommandLineCountsFirst() throws IOException {
    String yaml = "data: results\nbackfill:\n  runner: spark\nbench batch:\n  rows: 5\n";
    assertTrue(run(yaml, "backfill", "fraud").err().contains("no runner is called [spark]"));
    Result given = run(yaml, "backfill", "fraud", "--runner", "storm");
    assertTrue(given.err().contains("no runner is called [storm]"), given.err());
  }

  @Test
  void mistakesAreSaidWithTheCure() throws IOException {
    assertRefused("dta: results\n", "sets [dta], which is no option", "did you mean [data]?");
    assertRefused("backfill:\n  rnner: flink\n", "[backfill rnner]", "[backfill runner]");
    assertRefused("data: [a, b]\n", "has a list for [data]", "write one value");
    assertRefused("- data\n", "holds no options", "write one value");
    assertRefused("data: 'x\n", "is no YAML", "write a line for each option");
    assertRefused("data: a\ndata: b\n", "is no YAML", "write a line for each option");
    assertEquals(0, run("", "projects").code());
  }

  private void assertRefused(String yaml, String problem, String cure) throws IOException {
    Result result = run(yaml, "projects");
    assertEquals(2, result.code(), yaml);
    assertTrue(result.err().contains(problem), result.err());
    assertTrue(result.err().contains(cure), result.err());
  }
}
