package dev.lockstep.beam.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints in a stream's work folder.
 *
 * <pre>
 *   checkpoints/JOB/chk-N/_metadata   written last: the checkpoint is whole
 *   tmp                               what Flink in this process puts there while it runs
 * </pre>
 *
 * <p>Each start is another job to Flink, with a folder of its own.
 *
 * @param work the work folder; may be missing
 */
public record Checkpoints(Path work) {
  private static final String FOLDER = "checkpoints";
  private static final String TEMPORARY = "tmp";
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");

  /** The folder may hold what isn't ours, too. */
  private static final Pattern FLINKS =
      Pattern.compile("(flink-|blobStore-|minicluster_|tm_|localState|jm_).*");

  /** Where they are. */
  public Path folder() {
    return work.resolve(FOLDER);
  }

  /** Where Flink's temporary files go. */
  Path temporary() {
    return work.resolve(TEMPORARY);
  }

  /** The newest whole one. */
  public Optional<Path> latest() throws IOException {
    if (!Files.isDirectory(folder())) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder(), 3)) {
      List<Path> whole = files.filter(f -> f.getFileName().toString().equals("_metadata")).toList();
      Path newest = null;
      for (Path metadata : whole) {
        if (newest == null
            || Files.getLastModifiedTime(metadata).compareTo(Files.getLastModifiedTime(newest))
                > 0) {
          newest = metadata;
        }
      }
      return Optional.ofNullable(newest).map(Path::getParent);
    }
  }

  /**
   * Removes what earlier jobs left, but for the newest whole checkpoint's: a folder that is used
   * again and again doesn't grow. No job may be running on it.
   */
  public void removeOld() throws IOException {
    for (Path left : named(temporary(), FLINKS)) {
      delete(left);
    }
    Path kept = latest().map(Path::getParent).orElse(null);
    for (Path job : named(folder(), JOB)) {
      if (!job.equals(kept)) {
        delete(job);
      }
    }
  }

  private static List<Path> named(Path folder, Pattern names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(f -> names.matcher(f.getFileName().toString()).matches()).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return; // nothing was left
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
