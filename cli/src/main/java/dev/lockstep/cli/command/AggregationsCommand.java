package dev.lockstep.cli.command;

import dev.lockstep.cli.result.AggregationsResult;
import dev.lockstep.cli.view.AggregationTable;
import dev.lockstep.define.AggregationCatalog;
import dev.lockstep.define.AggregationDescription;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the aggregations. */
@Command(
    name = "aggregations",
    description = "List all aggregations with their types, exactness and cost.",
    mixinStandardHelpOptions = true,
    footer = {"", "Windows, modifiers and how to add your own: docs/aggregations.md"})
public final class AggregationsCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Option(
      names = "--markdown",
      description = "As a Markdown table, with meanings, empty results and ties.")
  boolean markdown;

  @Override
  public Integer call() {
    PrintWriter out = output.text();
    if (markdown) {
      out.print(AggregationTable.markdown());
    } else {
      out.print(AggregationTable.forTerminal());
      out.println();
      out.println(
          AggregationCatalog.all().size()
              + " aggregations. Meaning, empty results and ties: --markdown, or docs/aggregations.md.");
    }
    output.result(
        new AggregationsResult(
            AggregationCatalog.all().stream().map(AggregationsCommand::entry).toList()));
    return 0;
  }

  private static AggregationsResult.Entry entry(AggregationDescription entry) {
    return new AggregationsResult.Entry(
        entry.call(),
        entry.meaning(),
        entry.takes(),
        entry.gives(),
        entry.overNothing(),
        entry.ties(),
        entry.exactness(),
        entry.cost(),
        entry.keeps());
  }
}
