package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.training.train.OptionsFile;
import dev.lockstep.training.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * The options, checked for these features.
   *
   * @throws dev.lockstep.training.TrainingException with all that is wrong
   */
  TrainingOptions read(List<String> features) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(file == null ? Map.of() : OptionsFile.read(file));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new CommandException(
            "--set " + setting + " is no KEY=VALUE", "write it as in --set max_depth=8");
      }
      all.put(setting.substring(0, equals).strip(), setting.substring(equals + 1));
    }
    return TrainingOptions.of(all, features);
  }
}
