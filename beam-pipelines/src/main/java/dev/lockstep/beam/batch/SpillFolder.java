package dev.lockstep.beam.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder in the machine's temporary folder for what doesn't fit into memory. It goes when it is
 * removed, or when the JVM is told to end (SIGTERM, Ctrl-C) before that.
 */
final class SpillFolder {
  private static final Set<Path> LIVING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SpillFolder::removeAll, "remove-spilled"));
  }

  private SpillFolder() {}

  static Path make(String prefix) throws IOException {
    Path folder = Files.createTempDirectory(prefix);
    LIVING.add(folder);
    return folder;
  }

  /** Removes a folder that is empty by now. */
  static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder);
    LIVING.remove(folder);
  }

  private static void removeAll() {
    for (Path folder : LIVING) {
      try {
        // Under another name no thread that is still at work puts more into it.
        Path gone = Files.move(folder, folder.resolveSibling(folder.getFileName() + ".gone"));
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(gone)) {
          deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        System.err.println("While removing " + folder + ": " + e);
      }
    }
  }
}
