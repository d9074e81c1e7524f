package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.train.OptionsFile;
import dev.lockstep.training.train.PreviousModel;
import dev.lockstep.training.train.TrainingOptions;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the options of training commands stand for. */
final class TrainingChoices {
  private TrainingChoices() {}

  /**
   * The options, checked for these features.
   *
   * @throws CommandException with all that is wrong
   */
  static TrainingOptions of(BoostingOptions given, List<String> features) throws IOException {
    Map<String, String> all =
        new LinkedHashMap<>(given.file == null ? Map.of() : OptionsFile.read(given.file));
    for (String setting : given.settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new CommandException(
            "--set " + setting + " is no KEY=VALUE", "write it as in --set max_depth=8");
      }
      all.put(setting.substring(0, equals).strip(), setting.substring(equals + 1));
    }
    try {
      return TrainingOptions.of(all, features);
    } catch (TrainingException e) {
      throw CommandException.calledWrongly(String.valueOf(e.getMessage()));
    }
  }

  /** The model to compare with, read before the work: it is about to be replaced. */
  static @Nullable PreviousModel before(@Nullable Path previous, Path output) throws IOException {
    if (previous != null) {
      return PreviousModel.read(previous);
    }
    return Files.exists(output.resolve(ModelManifest.MANIFEST_FILE))
        ? PreviousModel.read(output)
        : null;
  }
}
