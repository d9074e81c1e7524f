package dev.lockstep.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a project's history to Kafka again. */
@Command(
    name = "replay",
    description = {
      "Load a project's tables into Redis and send its history to Kafka,",
      "in the order in which it became known."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep replay flights --rate 500",
      "  lockstep replay fraud --tables-only --redis redis://cache:6379",
      "  lockstep replay fraud --tables-only --replace --rejected rejected",
      "  lockstep replay flights --from 2001-01-30T00:00:00Z --until 2001-01-31T00:00:00Z"
    })
public final class ReplayCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();
  @Mixin ServerOptions servers = new ServerOptions();

  @Option(
      names = "--rate",
      converter = Converters.RateOrAll.class,
      paramLabel = "N",
      defaultValue = "850",
      description = "Events a second, 0 for as fast as Kafka takes them; default ${DEFAULT-VALUE}.")
  double rate;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "First availability; default: the history's replay less the longest window.")
  @Nullable Instant from;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Availability at which to stop; default: the end of the history's replay.")
  @Nullable Instant until;

  @Option(
      names = "--rejected",
      paramLabel = "DIR",
      description =
          "Where to write rows that can't be used, each with its reason; default: nowhere.")
  @Nullable Path rejected;

  @Option(
      names = "--tables-only",
      description = "Load the tables, whole, and send nothing; needs no Kafka.")
  boolean tablesOnly;

  @Option(
      names = "--replace",
      description = "Remove keys of tables from Redis that the history no longer has.")
  boolean replace;

  @Override
  public Integer call() throws Exception {
    // In a class of its own: picocli looks at this one's methods in processes without Beam, too.
    new ReplaySteps(this).run();
    return 0;
  }
}
