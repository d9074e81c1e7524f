package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.project.CommandException;
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

/** Scorer and actor in one process, for the demo, which has few cores. */
@Command(
    name = "serve",
    hidden = true,
    description = "Score and act in one process.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  static final int PARTITIONS = 2;

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();
  @Mixin ServerOptions servers = new ServerOptions();

  @Option(names = "--model", paramLabel = "DIR", description = "The model's folder.")
  @Nullable Path model;

  @Option(names = "--decisions", paramLabel = "DIR", description = "The database's folder.")
  @Nullable Path decisions;

  @Override
  public Integer call() throws Exception {
    if (servers.kafka == null || servers.kafka.isBlank()) {
      throw new CommandException("serve was given no Kafka", "give --kafka");
    }
    Definition definition = options.definition();
    Workspace workspace = options.workspace(definition.project());
    try (Cleanup cleanup = new Cleanup()) {
      ServeRun run = new ServeRun(definition, servers.kafka, cleanup);
      run.makeTopics(PARTITIONS);
      run.addScorer(model != null ? model : workspace.model());
      run.addActor(decisions != null ? decisions : workspace.decisions());
      ResultOutput.Running running =
          output.ready(
              RunningResult.ready(definition.set().name(), servers.kafka, null, List.of()),
              "READY serving " + definition.set().name(),
              cleanup);
      run.run();
      running.ended();
    }
    return 0;
  }
}
