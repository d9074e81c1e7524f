package dev.lockstep.beam.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that gets its name only when it is whole and on the disk: it is written under a temporary
 * name beside, which {@link #close} removes if nothing was published.
 */
public final class WholeFile implements Closeable {
  private final Path target;
  private final Path temporary;

  private WholeFile(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /**
   * Makes an empty temporary file beside a file that is to be written.
   *
   * @throws IOException if nothing can be written there
   */
  public static WholeFile beside(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null) {
      throw new IOException(target + " is no file that can be written");
    }
    Files.createDirectories(folder);
    return new WholeFile(
        absolute, Files.createTempFile(folder, absolute.getFileName() + ".", ".tmp"));
  }

  /** Where the file is written. */
  public Path temporary() {
    return temporary;
  }

  /** Gives what was written its name, in place of a file already there. */
  public void publish() throws IOException {
    sync(temporary);
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    Path folder = target.getParent();
    if (folder != null) {
      sync(folder);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(temporary);
  }

  /** Waits until a file, or the names in a folder, are on the disk. */
  public static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
