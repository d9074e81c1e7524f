package dev.lockstep.cli.command;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures parts of the platform. */
@Command(
    name = "bench",
    description = "Measure a part of the platform on this machine.",
    subcommands = {
      KernelBenchCommand.class,
      BatchBenchCommand.class,
      DaysBenchCommand.class,
      DoorsBenchCommand.class,
      LiveBenchCommand.class,
      AwayBenchCommand.class,
      IdsBenchCommand.class,
      TrainBenchCommand.class,
      AgainstBenchCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "PART")
public final class BenchCommand {
  /**
   * Lets what follows the first word of {@code --against} through as it stands.
   *
   * @param lockstep the command above this one
   */
  public static void passOptionsOn(CommandLine lockstep) {
    CommandLine bench = Objects.requireNonNull(lockstep.getSubcommands().get("bench"));
    Objects.requireNonNull(bench.getSubcommands().get(AgainstBenchCommand.NAME))
        .setStopAtPositional(true);
  }
}
