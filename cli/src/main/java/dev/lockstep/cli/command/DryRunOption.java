package dev.lockstep.cli.command;

import picocli.CommandLine.Option;

/** Whether a command only looks. */
final class DryRunOption {
  @Option(
      names = "--dry-run",
      description = "Check all that can be checked, say what would be done, and do nothing.")
  boolean asked;
}
