package dev.lockstep.cli.command;

import dev.lockstep.cli.bench.LiveBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a stream on live topics. */
@Command(
    name = "live",
    description = {
      "A stream on live topics, one of which is silent, under ordered(): from a plain producer's",
      "send to the vector. Exit code 1 if a request got none, or something was written to inputs."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep bench live",
      "  lockstep bench live --rate 2000 --seconds 60 --visible-within 50 --json live.json"
    })
public final class LiveBenchCommand implements Callable<Integer> {
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
      defaultValue = "20",
      description = "How long is counted, after a minute (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--parallelism",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "1",
      description = "Subtasks of each step (default: ${DEFAULT-VALUE}).")
  int parallelism;

  @Option(
      names = "--visible-within",
      converter = Converters.NotNegative.class,
      paramLabel = "MILLIS",
      defaultValue = "25",
      description =
          "What the sources promise (default: ${DEFAULT-VALUE}, as of one broker that stamps).")
  int visibleWithin;

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
    return new LiveBench(rate, seconds, parallelism, Duration.ofMillis(visibleWithin))
        .run(data, json, spec.commandLine().getOut());
  }
}
