package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of {@code --json}. */
final class JsonFile {
  private JsonFile() {}

  /**
   * Checks before the work that the file can be written after it: an unwritable summary is better
   * known now than after five minutes.
   *
   * @param json null for none
   * @throws CommandException if it can't
   */
  static void checkWritable(@Nullable Path json) {
    Path folder = json == null ? null : json.toAbsolutePath().getParent();
    if (json != null
        && (Files.isDirectory(json)
            || (folder != null && Files.exists(folder) && !Files.isWritable(folder)))) {
      throw new CommandException(json + " can't be written", "give another file with --json");
    }
  }
}
