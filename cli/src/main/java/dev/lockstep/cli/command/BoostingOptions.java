package dev.lockstep.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How trees are grown: by file, and by option over it. */
final class BoostingOptions {
  @Option(
      names = "--params",
      paramLabel = "FILE",
      description = "Training options in a .properties or .json file; docs/training.md lists them.")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A training option, over the file's; such as --set max_depth=8.")
  List<String> settings = List.of();
}
