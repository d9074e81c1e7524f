package dev.lockstep.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder that is deleted with all it holds when it is closed. What a process left that was killed
 * before it came to that is deleted by the next one that makes a folder beside: a lock, which ends
 * with its process, tells which these are.
 *
 * @param path the folder
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

  private static final String LOCK = ".in-use";
  private static final String GONE = ".gone";
  private static final int ATTEMPTS = 20;

  /**
   * The locks of this process. They belong to it, and opening and closing such a file once more
   * would let go of its lock, so files of our own are never opened to look.
   */
  private static final Map<Path, FileChannel> HELD = new ConcurrentHashMap<>();

  /** Makes a folder of a new name. */
  public static TemporaryFolder in(Path parent, String prefix) throws IOException {
    Files.createDirectories(parent);
    deleteLeft(parent);
    Path folder = Files.createTempDirectory(parent, prefix);
    // Locked before it has the name by which others look.
    Path unseen = folder.resolve(LOCK + ".tmp");
    FileChannel channel =
        FileChannel.open(unseen, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    HELD.put(folder, channel);
    channel.lock();
    Files.move(unseen, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
    return new TemporaryFolder(folder);
  }

  /** Leaves the folder where it is, when this process has ended, too. */
  public Path keep() throws IOException {
    Files.deleteIfExists(path.resolve(LOCK));
    release();
    return path;
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      release();
      return;
    }
    // Under another name nothing more is put into it by threads that are still at work.
    Path gone = path.resolveSibling(path.getFileName() + GONE);
    Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
    delete(gone);
    delete(path);
    release();
  }

  private void release() throws IOException {
    FileChannel channel = HELD.remove(path);
    if (channel != null) {
      channel.close();
    }
  }

  private static void deleteLeft(Path parent) throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(parent)) {
      folders = found.filter(f -> Files.exists(f.resolve(LOCK))).toList();
    }
    for (Path folder : folders) {
      if (isLeft(folder)) {
        delete(folder);
      }
    }
  }

  private static boolean isLeft(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    Path made =
        name.endsWith(GONE)
            ? folder.resolveSibling(name.substring(0, name.length() - GONE.length()))
            : folder;
    if (HELD.containsKey(made)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException e) {
      return false; // Its process is deleting it.
    }
  }

  /** Deletes the folders of names that begin so. */
  public static void deleteAll(Path parent, String prefix) throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> folders = Files.list(parent)) {
      found = folders.filter(f -> f.getFileName().toString().startsWith(prefix)).toList();
    }
    for (Path folder : found) {
      delete(folder);
    }
  }

  /** Deletes a folder with all it holds, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        deleteOnce(folder);
        return;
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        // Somebody still writes into it, or deletes it, too.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void deleteOnce(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      if (Files.exists(folder)) {
        throw e;
      }
      return; // Somebody deleted it meanwhile: what we want.
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
