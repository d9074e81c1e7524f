package dev.lockstep.cli.command;

import dev.lockstep.cli.bench.AwayBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a stream whose Redis is away. */
@Command(
    name = "away",
    description = {
      "A stream on live topics whose Redis is stopped for a time and then emptied: the latency of",
      "vectors before, meanwhile and after, and the store's states beside what the kernel makes of",
      "the topics. Exit code 1 if a request got no vector, or a state isn't back in three minutes."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep bench away",
      "  lockstep bench away --rate 1000 --seconds 60 --json away.json"
    })
public final class AwayBenchCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rate",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "500",
      description = "Requests a second (default: ${DEFAULT-VALUE}).")
  int rate;

  @Option(
      names = "--seconds",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "60",
      description =
          "How long Redis is away, and is watched before and after (default:"
              + " ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--parallelism",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "1",
      description = "Subtasks of each step (default: ${DEFAULT-VALUE}).")
  int parallelism;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".lockstep/bench",
      description = "Where the servers' data is while it runs (default: ${DEFAULT-VALUE}).")
  Path data = Path.of(".lockstep", "bench");

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    JsonFile.checkWritable(json);
    Files.createDirectories(data);
    return new AwayBench(rate, seconds, parallelism).run(data, json, spec.commandLine().getOut());
  }
}
