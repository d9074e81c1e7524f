package dev.lockstep.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that is deleted with all it holds when it is closed.
 *
 * @param path the folder
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

  /** Makes a folder of a new name. */
  public static TemporaryFolder in(Path parent, String prefix) throws IOException {
    Files.createDirectories(parent);
    return new TemporaryFolder(Files.createTempDirectory(parent, prefix));
  }

  @Override
  public void close() throws IOException {
    delete(path);
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
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return; // Somebody deleted it meanwhile: what we want.
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
