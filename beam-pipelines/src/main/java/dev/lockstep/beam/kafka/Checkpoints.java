package dev.lockstep.beam.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private static final String METADATA = "_metadata";
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern ANY = Pattern.compile(".*");

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

  /** The newest whole one, of those that Flink, which removes older ones meanwhile, leaves. */
  public Optional<Path> latest() throws IOException {
    Path newest = null;
    FileTime written = null;
    for (Path job : named(folder(), ANY)) {
      for (Path checkpoint : named(job, ANY)) {
        FileTime of = written(checkpoint);
        if (of != null && (written == null || of.compareTo(written) > 0)) {
          newest = checkpoint;
          written = of;
        }
      }
    }
    return Optional.ofNullable(newest);
  }

  /** When a checkpoint was whole; null if it isn't, or is gone. */
  private static @Nullable FileTime written(Path checkpoint) throws IOException {
    try {
      return Files.getLastModifiedTime(checkpoint.resolve(METADATA));
    } catch (FileSystemException e) {
      return null; // none, or a file is where its folder would be
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

  /** What a folder holds under names of a kind; nothing where it isn't there, or no folder. */
  private static List<Path> named(Path folder, Pattern names) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(f -> names.matcher(f.getFileName().toString()).matches()).toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return; // nothing was left
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
