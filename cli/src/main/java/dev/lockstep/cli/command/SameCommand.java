package dev.lockstep.cli.command;

import dev.lockstep.cli.result.SameResult;
import dev.lockstep.training.compare.SameRows;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

  @Mixin ResultOutput output = new ResultOutput();

  @Override
  public Integer call() {
    SameRows.Comparison comparison = SameRows.of(folders);
    PrintWriter out = output.text();
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
    output.result(
        new SameResult(
            comparison.identical(),
            comparison.rows(),
            comparison.columns(),
            comparison.digest(),
            comparison.differences()));
    return comparison.identical() ? 0 : 1;
  }
}
