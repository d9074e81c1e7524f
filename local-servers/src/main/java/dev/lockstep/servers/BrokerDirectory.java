package dev.lockstep.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A data directory that one broker of this JVM has for itself, formatted for it.
 *
 * <p>The broker has a lock of its own, but on finding it taken it ends the whole JVM; hence the
 * check beforehand.
 */
final class BrokerDirectory implements AutoCloseable {

  /** Always the same, so that a data directory can be opened again. */
  private static final String CLUSTER_ID = "bG9ja3N0ZXAtbG9jYWwwMQ";

  /** The file the broker locks. */
  private static final String LOCK_FILE = ".lock";

  /**
   * The directories of this JVM's brokers. The lock file can't tell: on POSIX, a process that
   * merely opens and closes it gives up the lock it holds on it.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;

  private BrokerDirectory(Path path) {
    this.path = path;
  }

  /**
   * Takes a directory, made if absent.
   *
   * @throws ServerStartException if another broker uses it or it isn't a broker's
   */
  static BrokerDirectory open(Path directory, int nodeId, String controllerListener) {
    Path path;
    try {
      path = Files.createDirectories(directory).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't make the broker's data directory " + directory, e);
    }
    if (!OPEN.add(path)) {
      throw inUse(path);
    }
    BrokerDirectory opened = new BrokerDirectory(path);
    try {
      opened.checkOtherProcesses();
      opened.format(nodeId, controllerListener);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Returns the directory's real path. */
  Path path() {
    return path;
  }

  private void checkOtherProcesses() {
    Path lockFile = path.resolve(LOCK_FILE);
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't lock " + lockFile, e);
    }
  }

  private static ServerStartException inUse(Path path) {
    return new ServerStartException(
        "Another Kafka broker runs on " + path + "; stop it or give this one another directory");
  }

  private void format(int nodeId, String controllerListener) {
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setClusterId(CLUSTER_ID)
            .setNodeId(nodeId)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setControllerListenerName(controllerListener)
            .addDirectory(path.toString())
            .setMetadataLogDirectory(path.toString())
            .setIgnoreFormatted(true);
    try {
      formatter.run();
    } catch (Exception e) { // As declared by Kafka.
      throw new ServerStartException(
          "Kafka can't use " + path + " as data directory: " + e.getMessage() + "; empty it", e);
    }
  }

  /** Gives the directory back, with what the broker wrote. Closing again does nothing. */
  @Override
  public void close() {
    OPEN.remove(path);
  }
}
