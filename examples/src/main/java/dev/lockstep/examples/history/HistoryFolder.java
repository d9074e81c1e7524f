package dev.lockstep.examples.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of files that is made once, under a name that says by which version of the code.
 *
 * <p>It is filled under another name and renamed when it is complete: who finds it, finds all of
 * it. Processes that want it at the same time wait for the one that makes it.
 */
public final class HistoryFolder {
  private HistoryFolder() {}

  /** Writes the files of a history. */
  @FunctionalInterface
  public interface Maker {
    /** Writes all files into an empty folder. */
    void make(Path folder) throws IOException;
  }

  /**
   * The folder of a name in a directory, filled by the maker if it isn't there yet.
   *
   * @param directory made if missing
   * @param name says the version of what makes it: {@code history-1}
   * @throws IOException if it can't be made; nothing is left under the name then
   */
  public static synchronized Path of(Path directory, String name, Maker maker) throws IOException {
    Path folder = directory.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(directory);
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.isDirectory(folder)) {
        Path unfinished = directory.resolve(name + ".tmp");
        delete(unfinished); // of a process that was killed: the lock is ours
        Files.createDirectory(unfinished);
        maker.make(unfinished);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
