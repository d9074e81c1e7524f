package dev.lockstep.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.result.RunningResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that runs until it is stopped has on standard output. */
class ResultOutputTest {

  /** Works on something, and fails if it is told to. */
  @Command(name = "works")
  static final class Works implements Callable<Integer> {
    @Mixin ResultOutput output = new ResultOutput();

    @Option(names = "--fail")
    boolean fail;

    @Override
    public Integer call() {
      try (Cleanup cleanup = new Cleanup()) {
        ResultOutput.Running running =
            output.ready(
                RunningResult.ready("vectors", "broker:9092", null, List.of()),
                "READY working",
                cleanup);
        output.text().println("beside it");
        if (fail) {
          throw new IllegalStateException("it broke");
        }
        running.ended();
      }
      return 0;
    }
  }

  private static List<String> out(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line =
        new CommandLine(new Works()).setExecutionExceptionHandler(new Failures(() -> false));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));
    int unused = line.execute(arguments);
    return out.toString().lines().toList();
  }

  @Test
  void wordsAreForPeople() {
    assertEquals(List.of("READY working", "beside it"), out());
  }

  @Test
  void aLineWhenItIsReadyAndOneAtItsEnd() {
    List<String> lines = out("--output", "json");
    assertEquals(2, lines.size(), lines::toString);
    String ready = "\"what\":\"vectors\",\"kafka\":\"broker:9092\",\"notes\":[]";
    assertEquals("{\"event\":\"ready\"," + ready + "}", lines.get(0));
    assertTrue(lines.get(1).startsWith("{\"event\":\"ended\"," + ready + ",\"seconds\":"));
    assertTrue(lines.get(1).endsWith(",\"stopped\":false}"), lines.get(1));
  }

  @Test
  void aFailureIsTheLastLine() {
    List<String> lines = out("--output=json", "--fail");
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(1).startsWith("{\"error\":{\"kind\":\"bug\",\"problem\":"), lines.get(1));
  }
}
