package dev.lockstep.cli.run;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.work.WorkFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream works.
 *
 * @param work where its state is saved
 * @param local a folder of this machine for Flink's configuration and temporary files; the work
 *     folder itself, if that is one
 */
public record StreamPlace(WorkFiles work, Path local) {

  /**
   * The place of a stream; what is made in passing goes with the cleanup.
   *
   * @param given a path or a URI; null for a folder that is deleted at the end
   * @param runs where such folders are made
   * @throws dev.lockstep.cli.project.CommandException if no file system knows the URI's scheme
   */
  public static StreamPlace of(@Nullable String given, Path runs, Cleanup cleanup)
      throws IOException {
    if (given != null) {
      WorkFiles work = WorkFiles.of(given);
      if (work.local().isPresent()) {
        return new StreamPlace(work, work.local().get());
      }
      return new StreamPlace(work, cleanup.add(TemporaryFolder.in(runs, "stream-")).path());
    }
    Path folder = cleanup.add(TemporaryFolder.in(runs, "stream-")).path();
    return new StreamPlace(WorkFiles.of(folder), folder);
  }
}
