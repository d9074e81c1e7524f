package dev.lockstep.beam.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A locked file beside a training set while a run makes it. The operating system lets go of it when
 * the run ends, also by a kill: what a run left whose lock can be had belongs to nobody, and the
 * next run of the same training set removes it.
 *
 * <pre>
 * NAME.tmp-RUN.lock       the locked file
 * NAME.tmp-RUN            what the run writes
 * NAME.tmp-RUN.progress   how far it is
 * </pre>
 */
public final class RunLock implements AutoCloseable {
  private static final String SUFFIX = ".lock";

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Removes what dead runs left, and locks this run's own file.
   *
   * @throws TrainingSetException if nothing can be written there
   */
  public static RunLock take(TrainingSetFolder folder) {
    Path own = Path.of(folder.temporary() + SUFFIX);
    try {
      Files.createDirectories(folder.path().getParent());
      removeLeftovers(folder);
      FileChannel channel =
          FileChannel.open(own, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new IOException(own + " is locked by somebody else");
      }
      return new RunLock(own, channel);
    } catch (IOException e) {
      throw new TrainingSetException(
          "nothing can be written beside "
              + folder.path()
              + " ("
              + e
              + "); give a folder that you may write to, or make its parent writable",
          e);
    }
  }

  /** Where a run may say how far it is. */
  public static Path progress(TrainingSetFolder folder) {
    return Path.of(folder.temporary() + ".progress");
  }

  private static void removeLeftovers(TrainingSetFolder folder) throws IOException {
    Path parent = folder.path().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    String prefix = folder.path().getFileName() + ".tmp-";
    List<Path> locks;
    try (Stream<Path> files = Files.list(parent)) {
      locks =
          files
              .filter(f -> f.getFileName().toString().startsWith(prefix))
              .filter(f -> f.getFileName().toString().endsWith(SUFFIX))
              .toList();
    }
    for (Path lock : locks) {
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        if (lock(channel) != null) {
          String name = lock.toString();
          String run = name.substring(0, name.length() - SUFFIX.length());
          delete(Path.of(run));
          delete(Path.of(run + ".progress"));
          Files.deleteIfExists(lock);
        }
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // a run in this process
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      throw new TrainingSetException(file + " can't be removed; remove it by hand", e);
    }
  }
}
