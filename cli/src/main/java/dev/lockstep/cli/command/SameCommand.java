package dev.lockstep.cli.command;

import dev.lockstep.training.compare.SameRows;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares training sets. */
@Command(
    name = "same",
    aliases = "diff",
    description = {
      "Compare training sets: every column of every row, bit by bit, whatever their order.",
      "Exit code 0 if they are identical, 1 if not."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lockstep same yesterday/training today/training"})
public final class SameCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", arity = "2..*", description = "Folders that backfills published.")
  List<Path> folders = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SameRows.Comparison comparison = SameRows.of(folders);
    PrintWriter out = spec.commandLine().getOut();
    if (comparison.identical()) {
      out.printf(
          Locale.ROOT,
          "identical: %d rows, %d columns, digest %s%n",
          comparison.rows(),
          comparison.columns(),
          comparison.digest());
    } else {
      comparison.differences().forEach(out::println);
    }
    out.flush();
    return comparison.identical() ? 0 : 1;
  }
}
