package dev.lockstep.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a training set from a project's history. */
@Command(
    name = "backfill",
    description = "Compute features and label of every request in the history, as known then.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep backfill flights",
      "  lockstep backfill flights --until 2001-01-15T00:00:00Z --out january --replace",
      "  lockstep backfill flights --spine questions.parquet --no-label --out answers",
      "  lockstep backfill flights --by-day --first 2001-01-08 --last 2001-01-14 --out days",
      "  lockstep backfill flights --as-of event-time --out leaking",
      "  lockstep backfill flights --flink-master jobmanager:8081 --parallelism 32 --data /shared"
    })
public final class BackfillCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin DryRunOption dry = new DryRunOption();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The training set's folder; default: under --data, where train finds it.")
  @Nullable Path out;

  @Option(names = "--replace", description = "Replace a training set that is there.")
  boolean replace;

  @Mixin HistoryOptions range = new HistoryOptions();
  @Mixin DayOptions days = new DayOptions();

  @Option(names = "--no-label", description = "Features alone.")
  boolean noLabel;

  @Option(
      names = "--as-of",
      paramLabel = "known|event-time",
      defaultValue = "known",
      description = {
        "What counts: what was known (${DEFAULT-VALUE}), or, to compare, what had happened by",
        "then, known or not: models look better on it than they are."
      })
  String asOf = "known";

  @Option(names = "--no-report", description = "Don't make the page about the training set.")
  boolean noReport;

  @Option(
      names = "--runner",
      paramLabel = "flink|direct",
      defaultValue = "flink",
      description = "What computes it, in this process; default ${DEFAULT-VALUE}.")
  String runner = "flink";

  @Mixin ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--parallelism",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel tasks; default ${DEFAULT-VALUE}.")
  int parallelism;

  @Override
  public Integer call() throws Exception {
    // In a class of its own: picocli looks at this one's methods in processes without Beam, too.
    new BackfillSteps(this).run();
    return 0;
  }
}
