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

/** Measures what a new day costs on top of six, in processes of their own. */
@Command(
    name = "days",
    description = {
      "A nightly run beside the full one: seven days of payments at once, then six days one",
      "after the other and the seventh on top of their snapshot. Compares the day's rows."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lockstep bench days --json days.json"})
public final class DaysBenchCommand implements Callable<Integer> {
  private static final String MAIN = "dev.lockstep.benchmarks.DaysBench";

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "60000000",
      description = "Payments in all seven days (default: ${DEFAULT-VALUE}).")
  long rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What they are drawn from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "2g",
      description = "The most Java heap of a measured process (default: ${DEFAULT-VALUE}).")
  String heap = "2g";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".lockstep/bench",
      description = "Where generated data is kept and found again (default: ${DEFAULT-VALUE}).")
  Path data = Path.of(".lockstep", "bench");

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    JsonFile.checkWritable(json);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Long.toString(rows), Long.toString(seed), heap, data.toAbsolutePath().toString()));
    if (json != null) {
      arguments.add(json.toAbsolutePath().toString());
    }
    ChildJvm.Start start =
        new ChildJvm.Start(
            "bench", ClassPaths.ofBenchmarks(), BatchBenchCommand.jvmOptions(), MAIN, arguments);
    try (Cleanup cleanup = new Cleanup()) {
      return ChildJvm.runShown(start, cleanup);
    }
  }
}
