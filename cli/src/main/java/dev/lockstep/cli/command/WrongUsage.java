package dev.lockstep.cli.command;

import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.project.Nearest;
import dev.lockstep.cli.result.ErrorResult;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with how a command was called, and in another what to do. */
public final class WrongUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String message = String.valueOf(failure.getMessage());
    String problem = message.lines().findFirst().orElse(message);
    String cure = cure(failure, command.getCommandSpec().qualifiedName());
    err.println("lockstep: " + problem);
    err.println("    cure: " + cure);
    err.flush();
    ResultOutput.failed(
        command,
        new ErrorResult(new ErrorResult.Problem(Failures.word(FailureKind.USAGE), problem, cure)),
        arguments);
    return FailureKind.USAGE.exitCode();
  }

  private static String cure(ParameterException failure, String command) {
    String help = "see " + command + " --help";
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched.getUnmatched().stream()
          .flatMap(word -> Nearest.to(word, unmatched.getSuggestions()).stream())
          .findFirst()
          .map(nearest -> "did you mean " + nearest + "? Else " + help)
          .orElse(help);
    }
    return help;
  }
}
