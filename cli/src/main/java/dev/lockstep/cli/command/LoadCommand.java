package dev.lockstep.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fills Redis from a snapshot of a backfill by day. */
@Command(
    name = "load",
    description = {
      "Fill Redis from the snapshot of a backfill by day: every view's state, every table's",
      "versions. What Redis holds newer stays, so loading again, or beside a stream, does no harm.",
      "Tables are shared: what would take fields from another definition is refused."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep load flights --snapshot days --redis redis://cache:6379",
      "  lockstep load flights --snapshot days/date=2001-01-14"
    })
public final class LoadCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin DryRunOption dry = new DryRunOption();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--snapshot",
      paramLabel = "DIR",
      required = true,
      description = "What backfill --by-day wrote: all days, of which the last counts, or one.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  Path snapshot;

  @Option(
      names = "--redis",
      paramLabel = "URI",
      defaultValue = "${env:LOCKSTEP_REDIS}",
      description = "redis://host:port; default LOCKSTEP_REDIS.")
  @Nullable String redis;

  @Override
  public Integer call() throws Exception {
    // In a class of its own: picocli looks at this one's methods in processes without Beam, too.
    LoadSteps.run(this);
    return 0;
  }
}
