package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.run.BackfillRun;

/** Words on the command line that stand for things of heavy modules. */
final class Choices {
  private Choices() {}

  static Definition asOf(String word, Definition definition) {
    return switch (word) {
      case "known" -> definition;
      case "event-time" -> definition.asOfEventTime();
      default ->
          throw new CommandException(
              "nothing is known as of [" + word + "]", "name known or event-time");
    };
  }

  static BackfillRun.Runner runner(String word) {
    return switch (word) {
      case "flink" -> BackfillRun.Runner.FLINK;
      case "direct" -> BackfillRun.Runner.DIRECT;
      default ->
          throw new CommandException("no runner is called [" + word + "]", "name flink or direct");
    };
  }
}
