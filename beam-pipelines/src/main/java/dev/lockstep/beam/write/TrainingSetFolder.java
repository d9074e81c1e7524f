package dev.lockstep.beam.write;

import dev.lockstep.beam.read.ParquetRows;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder of a training set and the temporary one beside it that becomes it by one rename: what
 * has its name is whole.
 *
 * @param target the folder's path
 * @param run names this run
 * @param replace whether a folder already there is replaced
 */
public record TrainingSetFolder(String target, String run, boolean replace)
    implements Serializable {

  public Path path() {
    return Path.of(target).toAbsolutePath();
  }

  /** The folder that is written. */
  public Path temporary() {
    return StaleFolders.temporary(path(), run);
  }

  /** Where a run may say how far it is. */
  public Path progress() {
    return StaleFolders.progress(path(), run);
  }

  /** The folder of rejected rows, in the temporary one. */
  public Path rejected() {
    return temporary().resolve("rejected");
  }

  /** The file of a part. */
  public Path part(long number) {
    return temporary().resolve(String.format("part-%05d.parquet", number));
  }

  /**
   * Makes the temporary folder, after what killed runs over the same target have left was removed.
   *
   * @throws TrainingSetException if the target is there and not to be replaced, or nothing can be
   *     written beside it
   */
  public void begin() {
    try {
      StaleFolders.clean(path());
    } catch (IOException e) {
      throw new TrainingSetException(
          "what a killed run left beside " + path() + " can't be removed (" + e + ")", e);
    }
    refuseWhatIsInTheWay();
    try {
      Files.createDirectories(temporary());
      RunLock.take(temporary());
      Files.createDirectories(rejected());
    } catch (IOException e) {
      throw new TrainingSetException(
          "nothing can be written beside "
              + path()
              + " ("
              + e
              + "); give a folder that you may write to, or make its parent writable",
          e);
    }
  }

  /**
   * Checks as {@link #begin} does, as far as that can be done without writing.
   *
   * @throws TrainingSetException as {@link #begin}
   */
  public void check() {
    refuseWhatIsInTheWay();
    Path above = path().getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above != null && !Files.isWritable(above)) {
      throw new TrainingSetException(
          "nothing can be written beside "
              + path()
              + " ("
              + above
              + " isn't writable); give a folder that you may write to, or make its parent writable",
          null);
    }
  }

  private void refuseWhatIsInTheWay() {
    if (Files.exists(path()) && !replace) {
      throw new TrainingSetException(
          path() + " is there already; give another name (--out), or replace it (--replace)", null);
    }
    if (Files.exists(path()) && !Files.isRegularFile(path().resolve(Manifest.FILE))) {
      throw new TrainingSetException(
          path()
              + " is there and is no training set (it has no "
              + Manifest.FILE
              + "), so it isn't replaced; give another name",
          null);
    }
  }

  /** The parts written so far, in order. */
  public List<Path> parts() {
    return parts(temporary());
  }

  static List<Path> parts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches("part-\\d+\\.parquet"))
          .sorted(Comparator.comparingLong(TrainingSetFolder::number))
          .toList();
    } catch (IOException e) {
      throw new TrainingSetException(folder + " can't be listed (" + e + ")", e);
    }
  }

  private static long number(Path part) {
    return Long.parseLong(part.getFileName().toString().replaceAll("\\D", ""));
  }

  /**
   * Checks the rows written, writes the manifest, waits until all is on the disk, and gives the
   * folder its name. Publishing again what was published by this run does nothing.
   *
   * @throws TrainingSetException if the parts don't hold the rows the manifest states, or can't be
   *     written
   */
  public void publish(Manifest manifest) {
    if (!Files.exists(temporary()) && Manifest.read(path()).run().equals(run)) {
      return;
    }
    try {
      if (manifest.rows() == 0 && parts().isEmpty()) {
        TrainingSetWriter.open(part(0), manifest.schema()).close();
      }
      check(manifest);
      Files.writeString(temporary().resolve(Manifest.FILE), manifest.toJson());
      sync(temporary());
      Path old = StaleFolders.old(path(), run);
      if (replace && Files.exists(path())) {
        Files.move(path(), old);
      }
      Files.move(temporary(), path());
      WholeFile.sync(Objects.requireNonNull(path().getParent()));
      RunLock.release(temporary(), path());
      StaleFolders.delete(old);
    } catch (IOException e) {
      throw TrainingSetException.notWritten(path(), e);
    }
  }

  private void check(Manifest manifest) {
    long written = parts().parallelStream().mapToLong(p -> ParquetRows.count(p.toString())).sum();
    if (written != manifest.rows()) {
      throw new TrainingSetException(
          temporary()
              + " holds "
              + written
              + " rows where "
              + manifest.rows()
              + " were computed; run the backfill again",
          null);
    }
  }

  /** Without it, a crash of the machine could leave the name of files that aren't on the disk. */
  private static void sync(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.toList();
    }
    try {
      all.parallelStream().forEach(TrainingSetFolder::syncOne);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void syncOne(Path file) {
    try {
      WholeFile.sync(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what a failed run wrote. */
  public void abandon() throws IOException {
    RunLock.release(temporary(), temporary());
    StaleFolders.delete(temporary());
  }
}
