package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.result.DecisionsResult;
import dev.lockstep.cli.run.ServeRun;
import dev.lockstep.serving.act.Decision;
import dev.lockstep.serving.act.DecisionDatabase;
import dev.lockstep.serving.act.DecisionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the decisions that an actor has taken. */
@Command(
    name = "decisions",
    description = "Show the decisions that lockstep act or serve has taken, newest first.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Its database is one process's at a time: stop the actor first, and start it again.",
      "",
      "Example:",
      "  lockstep decisions fraud --newest 100 --output json"
    })
public final class DecisionsCommand implements Callable<Integer> {
  private static final String ENDING = ".mv.db";

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--decisions",
      paramLabel = "DIR",
      description = "The folder of the decisions' database; default: under --data.")
  @Nullable Path decisions;

  @Option(
      names = "--newest",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "10",
      description = "How many; default ${DEFAULT-VALUE}.")
  int newest;

  @Override
  public Integer call() {
    Path folder =
        decisions != null
            ? decisions
            : options.untouched(options.definition().project()).decisions();
    Path file = ServeRun.databaseFile(folder);
    if (!Files.exists(file.resolveSibling(file.getFileName() + ENDING))) {
      throw new CommandException(
          FailureKind.DATA,
          "there are no decisions in " + folder,
          "start lockstep act or lockstep serve, or give the folder by --decisions DIR");
    }
    DecisionsResult result;
    try (DecisionDatabase database = DecisionDatabase.open(file)) {
      result =
          new DecisionsResult(
              database.count(),
              database.latest(newest).stream().map(DecisionsCommand::taken).toList());
    } catch (DecisionException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE, String.valueOf(e.getMessage()), "then look again");
    }
    for (DecisionsResult.Taken taken : result.decisions()) {
      output
          .text()
          .printf(
              "%s  %s  %s: score %.4f (from %.4f), model %s%n",
              taken.decidedAt(),
              taken.requestId(),
              taken.action(),
              taken.score(),
              taken.threshold(),
              taken.modelVersion());
    }
    output.text().printf("%d of %d decisions%n", result.decisions().size(), result.count());
    output.result(result);
    return 0;
  }

  private static DecisionsResult.Taken taken(Decision decision) {
    return new DecisionsResult.Taken(
        decision.requestId(),
        decision.action(),
        decision.score(),
        decision.threshold(),
        decision.modelVersion(),
        decision.eventTime(),
        decision.decidedAt());
  }
}
