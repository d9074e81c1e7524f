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

/** Scores ready vectors until it is told to end. */
@Command(
    name = "score",
    description = "Score ready vectors with the trained model; refuses a model of another plan.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lockstep score flights --kafka broker:9092 --model models/flights"
    })
public final class ScoreCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();
  @Mixin KafkaOption kafka = new KafkaOption();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The model's folder; default: where train writes it.")
  @Nullable Path model;

  @Override
  public Integer call() throws Exception {
    Definition definition = options.definition();
    definition.plan();
    String address = kafka.require("take vectors from");
    Workspace workspace = options.workspace(definition.project());
    try (Cleanup cleanup = new Cleanup()) {
      ServeRun run = new ServeRun(definition, address, cleanup);
      run.addScorer(model != null ? model : workspace.model());
      run.makeTopics(ServeCommand.PARTITIONS);
      ResultOutput.Running running =
          output.ready(
              RunningResult.ready(definition.vectorsTopic(), address, null, List.of()),
              "READY scoring " + definition.vectorsTopic(),
              cleanup);
      run.run();
      running.ended();
    }
    return 0;
  }
}
