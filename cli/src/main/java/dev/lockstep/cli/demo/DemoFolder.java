package dev.lockstep.cli.demo;

import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a demo leaves behind, emptied at the start of the next; one demo at a time uses it. */
final class DemoFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DemoFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws CommandException if another demo uses it
   */
  static DemoFolder take(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isOurs(channel)) {
      channel.close();
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "another demo is running on " + path,
          "wait for its end, or give another --data DIR");
    }
    DemoFolder folder = new DemoFolder(path, channel);
    TemporaryFolder.delete(folder.training());
    TemporaryFolder.delete(folder.model());
    TemporaryFolder.delete(folder.decisions());
    TemporaryFolder.delete(folder.logs());
    return folder;
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null && lock.isValid();
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path training() {
    return path.resolve("training");
  }

  Path model() {
    return path.resolve("model");
  }

  Path decisions() {
    return path.resolve("decisions");
  }

  Path logs() {
    return path.resolve("logs");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
