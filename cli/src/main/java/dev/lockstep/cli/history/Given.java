package dev.lockstep.cli.history;

import dev.lockstep.plan.SourcePlan;
import dev.lockstep.project.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a history gives of a source: files, folders of them, and patterns. */
public final class Given {
  private Given() {}

  /**
   * What is given of a source.
   *
   * @throws IOException naming the source, if that is nothing
   */
  public static List<Path> of(History history, SourcePlan source) throws IOException {
    List<Path> files = history.files().get(source.name());
    if (files == null) {
      throw new IOException(
          "the history has no files of "
              + source.name()
              + "; it has "
              + history.files().keySet().stream().sorted().toList());
    }
    return files;
  }
}
