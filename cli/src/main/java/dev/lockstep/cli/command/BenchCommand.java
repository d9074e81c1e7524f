package dev.lockstep.cli.command;

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
      AgainstBenchCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "PART")
public final class BenchCommand {
  /**
   * Lets what follows the first word of {@code --against} through as it stands.
   *
   * @param bench this command as parsed
   */
  public static void passOptionsOn(CommandLine bench) {
    bench.getSubcommands().get(AgainstBenchCommand.NAME).setStopAtPositional(true);
  }
}
