package dev.lockstep.beam.batch;

import dev.lockstep.beam.write.TrainingSetException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch is: a folder with an empty file for each row group read and part written, whose
 * name says how many rows it had. A bundle that is run again leaves the same files, and processes
 * on other machines are seen like threads of this one; a Beam metric is neither, and on a batch of
 * Flink can't be read before the end.
 *
 * @param folder where the marks are; null to leave none
 */
record Progress(@Nullable String folder) implements Serializable {
  /** Leaves no marks. */
  static final Progress NONE = new Progress(null);

  private static final String READ = "read";
  private static final String WRITTEN = "written";
  private static final long POLL_MILLIS = 250;

  /** Makes the folder of marks. */
  static Progress in(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new Progress(folder.toString());
  }

  /** A row group was read. */
  void read(RowGroup group) {
    mark(
        READ,
        group.source()
            + "_"
            + Integer.toHexString(group.path().hashCode())
            + "_"
            + group.firstRow(),
        group.rows());
  }

  /** A part was written. */
  void written(long part, long rows) {
    mark(WRITTEN, Long.toString(part), rows);
  }

  private void mark(String what, String name, long rows) {
    if (folder == null) {
      return;
    }
    try {
      Files.createFile(Path.of(folder, what + "-" + name + "-" + rows));
    } catch (FileAlreadyExistsException e) {
      return; // a bundle that is run again
    } catch (IOException e) {
      throw new TrainingSetException(
          folder
              + " can't be written ("
              + e
              + ")\n    cure: give an output folder that every process of the run can write; for a"
              + " cluster, on a file system that all its machines share",
          e);
    }
  }

  /**
   * Tells a listener until it is closed, from a thread of its own.
   *
   * @param toRead rows of all files
   * @param toWrite requests among them
   */
  Watch watch(BackfillListener listener, long toRead, long toWrite) {
    Watch watch = new Watch(listener, toRead, toWrite);
    Thread thread = new Thread(watch::run, "backfill-progress");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  /** A thread that looks at the marks. */
  final class Watch implements AutoCloseable {
    private final BackfillListener listener;
    private final long toRead;
    private final long toWrite;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private Watch(BackfillListener listener, long toRead, long toWrite) {
      this.listener = listener;
      this.toRead = toRead;
      this.toWrite = toWrite;
    }

    private void run() {
      try {
        while (!closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          tell();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        ended.countDown();
      }
    }

    private void tell() {
      long read = 0;
      long written = 0;
      for (String mark : marks()) {
        long rows = Long.parseLong(mark.substring(mark.lastIndexOf('-') + 1));
        if (mark.startsWith(READ)) {
          read += rows;
        } else {
          written += rows;
        }
      }
      listener.at(new BackfillListener.Status(read, toRead, written, toWrite));
    }

    @Override
    public void close() {
      closed.countDown();
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<String> marks() {
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.map(f -> f.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the marks. */
  void remove() throws IOException {
    if (folder == null || !Files.isDirectory(Path.of(folder))) {
      return;
    }
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
