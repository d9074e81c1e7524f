package dev.lockstep.beam.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run puts beside its target, and what is left of it when the run is killed.
 *
 * <pre>
 *   NAME.tmp-RUN   what is being written; RunLock says whether the run is alive
 *   NAME.old-RUN   what is being replaced, between two renames and while it is removed
 *   NAME.progress-RUN   how far the run is
 * </pre>
 */
final class StaleFolders {
  private static final String TEMPORARY = ".tmp-";
  private static final String OLD = ".old-";
  private static final String PROGRESS = ".progress-";

  private StaleFolders() {}

  static Path temporary(Path target, String run) {
    return target.resolveSibling(target.getFileName() + TEMPORARY + run);
  }

  static Path old(Path target, String run) {
    return target.resolveSibling(target.getFileName() + OLD + run);
  }

  static Path progress(Path target, String run) {
    return target.resolveSibling(target.getFileName() + PROGRESS + run);
  }

  /** Removes what killed runs left, and brings back what one of them was about to replace. */
  static void clean(Path target) throws IOException {
    for (Path old : beside(target, OLD)) {
      Path temporary = temporary(target, run(old, target, OLD));
      if (Files.exists(temporary) && !RunLock.isStale(temporary)) {
        continue;
      }
      if (Files.exists(target)) {
        delete(old);
      } else {
        Files.move(old, target);
      }
    }
    for (Path progress : beside(target, PROGRESS)) {
      Path temporary = temporary(target, run(progress, target, PROGRESS));
      if (!Files.exists(temporary) || RunLock.isStale(temporary)) {
        delete(progress);
      }
    }
    for (Path temporary : beside(target, TEMPORARY)) {
      if (RunLock.isStale(temporary)) {
        delete(temporary);
      }
    }
  }

  private static List<Path> beside(Path target, String kind) throws IOException {
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    String prefix = target.getFileName() + kind;
    try (Stream<Path> files = Files.list(parent)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(prefix))
          .filter(f -> run(f, target, kind).matches("[0-9a-zA-Z_]+"))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }

  private static String run(Path folder, Path target, String kind) {
    return folder
        .getFileName()
        .toString()
        .substring(target.getFileName().toString().length() + kind.length());
  }

  /** Removes a folder with all in it; one that isn't there is fine. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return; // nothing was written
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e.getCause();
      }
    }
  }
}
