package dev.lockstep.cli.command;

import dev.lockstep.cli.bench.TrainBench;
import dev.lockstep.cli.project.CommandException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures training on a set that is drawn, in a process whose heap is bounded. */
@Command(
    name = "train",
    description = {
      "Training: draws a set, writes it as a backfill does, and in a process with a bounded",
      "heap reads it, trains a model, and writes that. Prints seconds and peak memory."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep bench train --rows 2300000 --columns 20",
      "  lockstep bench train --rows 400000 --columns 35 --heap 500m --json train.json",
      "  lockstep bench train --quick"
    })
public final class TrainBenchCommand implements Callable<Integer> {
  private static final long QUICK_ROWS = 20_000;
  private static final int QUICK_COLUMNS = 5;
  private static final int QUICK_ROUNDS = 10;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "2300000",
      description = "Rows of the set, one a second (default: ${DEFAULT-VALUE}).")
  long rows;

  @Option(
      names = "--columns",
      paramLabel = "N",
      defaultValue = "20",
      description = "Features of the set (default: ${DEFAULT-VALUE}).")
  int columns;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "150",
      description = "How many trees at most (default: ${DEFAULT-VALUE}, as train).")
  int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the rows are drawn from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "700m",
      description = "The most Java heap of the measured process (default: ${DEFAULT-VALUE}).")
  String heap = "700m";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".lockstep/bench",
      description = "Where the set is while it runs (default: ${DEFAULT-VALUE}).")
  Path data = Path.of(".lockstep", "bench");

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path json;

  @Option(names = "--quick", description = "20 000 rows of 5: whether it works, not how fast.")
  boolean quick;

  @Override
  public Integer call() throws Exception {
    JsonFile.checkWritable(json);
    if (rows < 1 || columns < 1 || rounds < 1) {
      throw new CommandException(
          "--rows " + rows + " --columns " + columns + " --rounds " + rounds + " trains nothing",
          "give 1 or more of each");
    }
    TrainBench bench =
        quick
            ? new TrainBench(QUICK_ROWS, QUICK_COLUMNS, seed, QUICK_ROUNDS, heap)
            : new TrainBench(rows, columns, seed, rounds, heap);
    return bench.run(data, json, spec.commandLine().getOut());
  }
}
