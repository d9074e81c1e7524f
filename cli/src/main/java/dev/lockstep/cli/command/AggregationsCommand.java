package dev.lockstep.cli.command;

import dev.lockstep.cli.view.AggregationTable;
import dev.lockstep.define.AggregationCatalog;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the aggregations. */
@Command(
    name = "aggregations",
    description = "List all aggregations with their types, exactness and cost.",
    mixinStandardHelpOptions = true,
    footer = {"", "Windows, modifiers and how to add your own: docs/aggregations.md"})
public final class AggregationsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Option(
      names = "--markdown",
      description = "As a Markdown table, with meanings, empty results and ties.")
  boolean markdown;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (markdown) {
      out.print(AggregationTable.markdown());
    } else {
      out.print(AggregationTable.forTerminal());
      out.println();
      out.println(
          AggregationCatalog.entries().size()
              + " aggregations. Meaning, empty results and ties: --markdown, or docs/aggregations.md.");
    }
    out.flush();
    return 0;
  }
}
