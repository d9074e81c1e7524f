package dev.lockstep.cli.run;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a work folder's one stream: a lock on a file in it, which the operating system
 * lets go when the process ends, however it ends. The file says whose it is, for people.
 */
final class WorkLock implements AutoCloseable {
  static final String FILE = "running.lock";

  private static final String BEGINS = "a process that begins";

  /**
   * The locks of this process. They belong to it, and opening and closing such a file once more
   * would let go of its lock, so files of our own are never opened to look.
   */
  private static final Map<Path, WorkLock> HELD = new ConcurrentHashMap<>();

  private final Path folder;
  private final FileChannel channel;

  private WorkLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder, which is made if it isn't there.
   *
   * @return null where the file system knows no locks
   * @throws CommandException naming the process that has it
   */
  static synchronized @Nullable WorkLock take(Path work) throws IOException {
    Path folder = Files.createDirectories(work).toRealPath();
    Path file = folder.resolve(FILE);
    String us = process() + " of " + host();
    if (HELD.containsKey(folder)) {
      throw taken(work, us);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!knowsLocks(channel)) {
        channel.close();
        return null;
      }
      if (!isFree(channel)) {
        throw taken(work, named(file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(us.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    WorkLock lock = new WorkLock(folder, channel);
    HELD.put(folder, lock);
    return lock;
  }

  /**
   * Refuses a folder whose stream is running; takes and writes nothing.
   *
   * @throws CommandException naming the process that has it
   */
  static synchronized void requireFree(Path work) throws IOException {
    Path file = work.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return;
    }
    if (HELD.containsKey(work.toRealPath())) {
      throw taken(work, named(file));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (!isFree(channel)) {
        throw taken(work, named(file));
      }
    }
  }

  /**
   * The process that has the lock of a folder, as its file says; empty if none has it.
   *
   * @throws IOException if the file can't be read
   */
  static synchronized Optional<String> holder(Path work) throws IOException {
    try {
      requireFree(work);
      return Optional.empty();
    } catch (CommandException e) {
      return Optional.of(Objects.requireNonNullElse(named(work.resolve(FILE)), BEGINS));
    }
  }

  /** This process, for people. */
  static String process() {
    return "process " + ProcessHandle.current().pid();
  }

  /** This machine's name. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  /** Some file systems of networks refuse any lock; a lock is asked for far behind the file. */
  private static boolean knowsLocks(FileChannel channel) {
    try (FileLock far = channel.tryLock(Long.MAX_VALUE - 1, 1, false)) {
      return far == null || far.isValid();
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // of this process, by another class loader's copy of this class
    }
  }

  private static @Nullable String named(Path file) throws IOException {
    String text = Files.readString(file).strip();
    return text.isEmpty() ? null : text;
  }

  private static CommandException taken(Path work, @Nullable String holder) {
    return new CommandException(
        FailureKind.USAGE,
        "a stream is running on " + work + " already: " + (holder == null ? BEGINS : holder),
        "stop that one first, or give this one a --work folder of its own");
  }

  @Override
  public void close() throws IOException {
    HELD.remove(folder, this);
    channel.close();
  }
}
