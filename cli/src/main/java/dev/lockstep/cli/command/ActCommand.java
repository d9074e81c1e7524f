package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.result.RunningResult;
import dev.lockstep.cli.run.ServeRun;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Acts on scores until it is told to end. */
@Command(
    name = "act",
    description = {
      "Act on scores that reach the model's threshold, each request once,",
      "and keep the decisions in a database."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lockstep act fraud --kafka broker:9092 --decisions blocked"})
public final class ActCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();
  @Mixin KafkaOption kafka = new KafkaOption();

  @Option(
      names = "--decisions",
      paramLabel = "DIR",
      description = "The folder of the decisions' database; default: under --data.")
  @Nullable Path decisions;

  @Override
  public Integer call() throws Exception {
    Definition definition = options.definition();
    String address = kafka.require("take scores from");
    Workspace workspace = options.workspace(definition.project());
    try (Cleanup cleanup = new Cleanup()) {
      ServeRun run = new ServeRun(definition, address, cleanup);
      run.addActor(decisions != null ? decisions : workspace.decisions());
      run.makeTopics(ServeCommand.PARTITIONS);
      ResultOutput.Running running =
          output.ready(
              RunningResult.ready(definition.scoresTopic(), address, null, List.of()),
              "READY acting on " + definition.scoresTopic(),
              cleanup);
      run.run();
      running.ended();
    }
    return 0;
  }
}
