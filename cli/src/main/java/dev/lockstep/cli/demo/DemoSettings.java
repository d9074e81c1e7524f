package dev.lockstep.cli.demo;

import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a demo runs.
 *
 * @param arguments of the command line that name the project, for the child processes
 * @param eventsPerSecond the pace of the replayed days, over all topics
 * @param parallelism of the stream
 * @param json where the summary goes as JSON; null for nowhere
 * @param keep whether the temporary folder stays
 */
public record DemoSettings(
    Definition definition,
    Workspace workspace,
    List<String> arguments,
    double eventsPerSecond,
    int parallelism,
    @Nullable Path json,
    boolean keep) {
  public DemoSettings {
    arguments = List.copyOf(arguments);
  }
}
