package dev.lockstep.cli.command;

import picocli.CommandLine.Command;

/** Measures parts of the platform. */
@Command(
    name = "bench",
    description = "Measure a part of the platform on this machine.",
    subcommands = {
      KernelBenchCommand.class,
      BatchBenchCommand.class,
      DaysBenchCommand.class,
      DoorsBenchCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "PART")
public final class BenchCommand {}
