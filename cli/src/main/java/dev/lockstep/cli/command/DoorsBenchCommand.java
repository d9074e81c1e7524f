package dev.lockstep.cli.command;

import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.ClassPaths;
import dev.lockstep.cli.process.Cleanup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the door for rows beside libraries, in a process of its own: theirs stay off ours. */
@Command(
    name = "doors",
    description = {
      "Messages and history to rows, beside the libraries that people would read them with:",
      "Jackson, Avro, parquet-avro. Both sides of a ratio take turns in one process."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lockstep bench doors --json doors.json"})
public final class DoorsBenchCommand implements Callable<Integer> {
  private static final String MAIN = "dev.lockstep.benchmarks.DoorsBench";

  @Option(
      names = "--messages",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "20000",
      description =
          "Of each kind; the file has ten times as many rows (default: ${DEFAULT-VALUE}).")
  int messages;

  @Option(
      names = "--rounds",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "31",
      description = "A time is the median of so many; as many warm up (default: ${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the rows are drawn from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    JsonFile.checkWritable(json);
    List<String> arguments =
        new ArrayList<>(
            List.of(Integer.toString(messages), Integer.toString(rounds), Long.toString(seed)));
    if (json != null) {
      arguments.add(json.toAbsolutePath().toString());
    }
    // None of the launcher's options for batches: they keep from compiling what runs often.
    List<String> options =
        List.of("-Xmx1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"); // a line a file read
    ChildJvm.Start start =
        new ChildJvm.Start("bench", ClassPaths.ofBenchmarks(), options, MAIN, arguments);
    try (Cleanup cleanup = new Cleanup()) {
      return ChildJvm.runShown(start, cleanup);
    }
  }
}
