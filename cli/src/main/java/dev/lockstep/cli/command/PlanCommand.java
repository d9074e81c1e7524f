package dev.lockstep.cli.command;

import dev.lockstep.cli.project.Definition;
import dev.lockstep.plan.FeaturePlan;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "  lockstep plan flights --after flights-event-time",
      "                             what becomes of its state when another definition's was there",
      "  lockstep plan mistakes     what errors look like: each with its cure"
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--after",
      paramLabel = "PROJECT",
      description = "Print what becomes of the state that this other project's views left.")
  @Nullable String after;

  @Override
  public Integer call() {
    Definition definition = options.definition();
    if (after != null) {
      ProjectOptions before = new ProjectOptions();
      before.name = after;
      spec.commandLine()
          .getOut()
          .print(FeaturePlan.diff(before.definition().plan(), definition.plan()));
    } else {
      spec.commandLine().getOut().println(definition.labelledPlan().explain());
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
