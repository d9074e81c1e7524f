package dev.lockstep.cli.command;

import dev.lockstep.cli.project.Definition;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a project's plan, or all errors of its definition. */
@Command(
    name = "plan",
    description = "Print what a project's features are, or every mistake of its definition.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep plan flights",
      "  lockstep plan mistakes     what errors look like: each with its cure"
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin ProjectOptions options = new ProjectOptions();

  @Override
  public Integer call() {
    Definition definition = options.definition();
    spec.commandLine().getOut().println(definition.labelledPlan().explain());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
