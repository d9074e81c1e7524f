package dev.lockstep.beam.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How a run shows that it is alive: a lock on a file in its temporary folder, which the operating
 * system lets go when the process ends, however it ends.
 */
final class RunLock {
  static final String FILE = ".lock";

  /**
   * The locks of this process. They belong to the process, and opening and closing such a file once
   * more would let go of its lock, so files of our own are never opened to look.
   */
  private static final Map<Path, FileChannel> HELD = new ConcurrentHashMap<>();

  private RunLock() {}

  /**
   * Takes the lock of a folder that was made for a run.
   *
   * @throws IOException if it can't be taken
   */
  static void take(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // A run that cleans up may have come between: it saw no lock, and has removed the folder.
    if (channel.tryLock() == null || !Files.exists(file)) {
      channel.close();
      throw new IOException("another run that begins has removed " + folder);
    }
    HELD.put(folder, channel);
  }

  /** Lets go of the lock if it is this process that holds it, and removes its file. */
  static void release(Path folder, Path nowAt) throws IOException {
    FileChannel channel = HELD.remove(folder);
    Files.deleteIfExists(nowAt.resolve(FILE));
    if (channel != null) {
      channel.close();
    }
  }

  /** Whether the run that made a folder is over without having cleaned up. */
  static boolean isStale(Path folder) throws IOException {
    if (HELD.containsKey(folder)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE)) {
      try (FileLock lock = channel.tryLock()) {
        return lock != null;
      }
    } catch (NoSuchFileException e) {
      // An empty folder may be a moment old, and about to get its lock.
      try (Stream<Path> files = Files.list(folder)) {
        return files.findAny().isPresent();
      } catch (NoSuchFileException gone) {
        return false;
      }
    }
  }
}
